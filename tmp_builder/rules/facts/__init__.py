"""What several groups of rules read off a plan: homes, money, milestones, grants, borders."""
