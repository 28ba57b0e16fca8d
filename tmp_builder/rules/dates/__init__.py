"""TIM: the order of dates, numbers in words, days that move, windows that wait."""
