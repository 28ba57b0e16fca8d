"""Seats of arbitration: which lie in the Chinese mainland, and which texts name an institution that administers cases."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tmp_builder.library.schema import Labels, Library

_OUTSIDE = r"(?i)hong kong|hongkong|macau|macao|taiwan|taipei|singapore|香港|澳门|台湾|台北|新加坡"
_MAINLAND = (
    r"(?i)\b(?:china|prc|mainland|beijing|peking|shanghai|shenzhen|guangzhou|tianjin|chongqing|hangzhou|nanjing|suzhou|wuhan|xi.?an|"
    r"chengdu|qingdao|dalian|xiamen|ningbo|haikou|sanya|hainan|jinan|zhengzhou|changsha|hefei|fuzhou|shenyang|changchun|harbin|"
    r"kunming|nanning|guiyang|nanchang|taiyuan|shijiazhuang|lanzhou|urumqi|hohhot|yinchuan|xining|lhasa|zhuhai|hengqin|qianhai)\b|"
    r"中国|大陆|内地|北京|上海|深圳|广州|天津|重庆|杭州|南京|苏州|武汉|西安|成都|青岛|大连|厦门|宁波|海口|三亚|海南|济南|郑州|长沙|"
    r"合肥|福州|沈阳|长春|哈尔滨|昆明|南宁|贵阳|南昌|太原|石家庄|兰州|乌鲁木齐|呼和浩特|银川|西宁|拉萨|珠海|横琴|前海"
)
_ADMINISTERS = r"(?i)arbitration (?:commission|cent(?:re|er)|institute)|court of arbitration of|仲裁委员会|仲裁中心|国际仲裁院"
"""Texts, not patterns: `re` compiles one when a rule comes to it, and few plans do."""


def in_the_mainland(seat: Labels) -> bool:
    """Whether a seat is known to lie in the Chinese mainland: by a city or the country named, not Hong Kong, Macau or Taiwan."""
    texts = [text for text in seat.values() if text]
    return any(re.search(_MAINLAND, text) for text in texts) and not any(re.search(_OUTSIDE, text) for text in texts)


def names_an_institution(texts: Iterable[Labels], library: Library) -> bool:
    """Whether one of the texts names an institution that administers arbitrations; UNCITRAL rules and the PCA do not."""
    spec = library.parameter("disputes.institution.institution")
    known = [choice.label for choice in spec.spec.choices.values()] if spec else []
    names = {name.casefold() for labels in known for name in labels.values()}
    return any(
        re.search(_ADMINISTERS, text)
        or any(re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", text.casefold()) for name in names)
        for labels in texts
        for text in labels.values()
    )
