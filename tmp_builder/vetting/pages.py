"""DOC-01 to DOC-06 explained: what the check of a built file, or of one from elsewhere, says about its text."""

from __future__ import annotations

from tmp_builder.findings import CodePage, Severity, both

FILE_PAGES = (
    CodePage(
        "DOC-01",
        Severity.ERROR,
        both(
            "A section that the plan has, or that every plan needs, is not in the text of the file. In a file of ours every word of "
            "it is gone in that language; in a Word file from elsewhere neither a heading nor wording points to it. Why: whoever "
            "signs the file signs its text, whatever the plan says. A section that the plan chose freely is a warning. "
            "What to do: put the text back, or read the file: the section may stand there in words that nobody else uses.",
            "计划中有的部分，或者任何计划都必备的部分，不在文件文本中。本程序生成的文件，是指该部分在该文字中的内容已全部不见；"
            "来自他处的Word文件，是指没有任何标题或者措辞指向该部分。理由：签署的是文件文本，而不是计划。"
            "计划自行选用的部分缺失，为警告。处理：恢复该文本；或者通读文件，该部分可能以罕见的措辞写成。",
        ),
    ),
    CodePage(
        "DOC-02",
        Severity.ERROR,
        both(
            "The heading of a section stands in the file, its text does not. Why: a table of contents and a heading make a reader "
            "believe that something is agreed. In a Word file from elsewhere, and for a section that the plan chose freely, it is a "
            "warning. What to do: put the text back, or take the heading out and the section out of the plan.",
            "文件中有某一部分的标题，但没有其内容。理由：目录和标题会使读者以为已有约定。来自他处的Word文件，以及计划自行选用的部分，为警告。"
            "处理：恢复该文本；或者删去标题，并在计划中取消该部分。",
        ),
    ),
    CodePage(
        "DOC-03",
        Severity.WARNING,
        both(
            "Clauses of a section are not found in the file as they were built; the section as such is there. They may be deleted "
            "or worded anew: this check does not judge new words. What to do: `tmp verify FILE` shows every difference.",
            "某一部分尚在，但其中有条款与生成时不符。条款可能已删去，也可能已改写；本项检查不评价改写的内容。"
            "处理：用tmp verify查看全部差异。",
        ),
    ),
    CodePage(
        "DOC-04",
        Severity.WARNING,
        both(
            "A Word file from elsewhere only possibly has a section that every plan needs: a heading or some words point to it, not "
            "both. What to do: read the paragraph that is named, and decide whether it answers the question of the section.",
            "来自他处的Word文件可能含有某一必备部分：仅标题或者仅部分措辞指向该部分，二者未同时具备。"
            "处理：阅读所指段落，判断其是否回答了该部分的问题。",
        ),
    ),
    CodePage(
        "DOC-05",
        Severity.WARNING,
        both(
            "Parts of the file were not read, such as text boxes, footnotes or pictures. What stands there is not in the answer; "
            "where it can hardly hold a section, it is a note. What to do: look at these parts in the file.",
            "文件的某些内容未被读取，例如文本框、脚注或者图片。其中的内容不在检查结果之内；几乎不可能含有条款的，仅作提示。"
            "处理：请在文件中自行查看这些内容。",
        ),
    ),
    CodePage(
        "DOC-06",
        Severity.NOTE,
        both(
            "Rules that read screening, competitors or market shares are not judged on a file built for the other side, which leaves "
            "those out: silence there is no breach. What to do: check the plan itself with `tmp check NAME.plan.yaml`.",
            "发给对方的文件不含筛查、竞争关系和市场份额，因此不按相应规则判断；文件未载明不等于违反规则。"
            "处理：用tmp check NAME.plan.yaml检查计划文件本身。",
        ),
    ),
)
"""Every code of the check of a file, in order."""
