"""What every command is for, in Chinese, by the paragraphs of its English help."""

from __future__ import annotations

COMMANDS: dict[str, str] = {
    # the list of commands
    "Build the bundled example and say what to try next.": "生成附带的示例，并提示下一步。",
    "Begin or continue a plan by answering questions; then build it.": "通过问答新建或继续一份计划，然后生成文件。",
    "Assemble plans into Word, PDF, HTML, Markdown or JSON.": "将计划生成Word、PDF、HTML、Markdown或JSON文件。",
    "Hold plans, Word files, PDFs or a library against the rules.": "按规则检查计划、Word文件、PDF或者条款库。",
    "Show the page of a rule, an option, a term or a date.": "解释规则、选项、术语或者期限。",
    "Say why each option of a section is in a plan or out.": "说明某条的各选项为何采用或者未采用。",
    "Write back the plan that a built Word file or PDF carries.": "取出所生成的Word文件或PDF内含的计划。",
    "Say whether a built file is as it was built.": "核对文件是否与生成时一致。",
    "Say what differs between two versions of a plan, and what follows.": "比较计划的两个版本，说明差异及其后果。",
    "Write the decisions of a filled-in decision sheet into the plan.": "将填好的决定表写入计划。",
    "Lay many plans side by side: departures, rare choices, findings.": "并列多份计划：差异、少见选择、检查结果。",
    "Say what each revision of a plan in Git changed, and by whom.": "说明计划在Git中各次修订的内容和作者。",
    "Say what a change would bring that is not made.": "说明某项变更会带来什么，但不作改动。",
    "Build a set of papers for every row of a table of members.": "为成员单位表的每一行生成一套文件。",
    "Compute every date of a plan with its working; calendars and extracts.": "计算计划的全部日期及过程；可生成日历和摘录。",
    "List, show, search and check the clause library.": "列出、显示、搜索和检查条款库。",
    "List the profiles a plan can start from.": "列出可作为起点的模板。",
    "Write JSON Schemas for editors.": "写出供编辑器使用的JSON Schema。",
    "Check fonts, engines and the library; each line with its fix.": "检查字体、引擎和条款库，逐项给出处理办法。",
    "Print the completion script for bash, zsh, fish or PowerShell.": "输出bash、zsh、fish或PowerShell的补全脚本。",
    # tmp
    "Assemble IP Technology Management Plans in English and Chinese from a clause library.": "从条款库生成中英文知识产权技术管理计划。",
    "Begin with: tmp demo an example, complete, in Word and PDF then: tmp new your own plan, question by question": "开始：tmp demo   "
    "完整示例，Word和PDF文件\n然后：tmp new    通过问答制作自己的计划",
    "The texts are no legal advice: lawyers of each country must review a plan before anyone signs it. Nothing is sent anywhere.": "文本不构成法律意见：签署之前须由各国律师审查。本程序不向外发送任何内容。",
    # each command
    "Begin a plan, or go on with PLAN, by answering questions; then build it as Word and PDF.": "通过问答新建计划，或者继续PLAN，然后生成Word和PDF文件。",
    "Every answer is saved at once; Ctrl-C stops, the same command goes on. An answer comes from, the strongest first: --set, "
    "--answers, the plan itself, its profile, the default of the clause (see --explain-values).": "每项答案立即保存；按Ctrl-C退出，再次运行同一命令即可继续。"
    "答案的来源依次为：--set、--answers、计划本身、其模板、条款的默认值（见--explain-values）。",
    "Assemble PLANS into documents, or the blank text of a profile. Gaps and open choices stay visible in a draft.": "将PLANS生成文件，或者生成模板的空白文本。草案中的空白和待定选择保留可见。",
    "Hold TARGETS against the rules: plan files, Word files, built PDFs, folders of plans, a clause library.": "按规则检查TARGETS：计划文件、Word文件、本程序生成的PDF、存放计划的文件夹、条款库。",
    "A Word file or PDF that was built here is checked by the plan inside, and its sections are looked for in its text. Of a Word "
    "file from elsewhere the sections are listed that it seems to have, with how sure that is.": "本程序生成的Word文件或PDF，按其内含的计划检查，并在其文本中查找各部分。"
    "来自他处的Word文件，列出其看来含有的各部分及确定程度。",
    "Show the page of a rule or other code (OWN-02, DOC-01), an option (ownership.employer), a defined term (Background IP) or a "
    "date (D39).": "解释规则或其他代码（OWN-02、DOC-01）、选项（ownership.employer）、定义术语（背景知识产权）或者期限（D39）。",
    "Say of each option of SECTION whether it is in PLAN, by whose choice, how to change that and what would follow.": "逐一说明SECTION各选项是否在PLAN之内、由谁选择、如何更改以及后果。",
    "The plan is changed in memory only; nothing is written. An option instead of a section shows that option alone.": "只在内存中试改计划，不写入。写明选项而非部分的，只说明该选项。",
    "Write back the plan that a built FILE (DOCX or PDF) carries.": "取出所生成的FILE（DOCX或PDF）内含的计划。",
    "Build FILE (DOCX or PDF) again and say which clauses differ; of a folder of a batch, say which files are not as built.": "重新生成FILE（DOCX或PDF），说明哪些条款不同；对批量文件夹，说明哪些文件与生成时不一致。",
    "Without --plan it is built from the recipe inside, which its sender could have changed: the answer then says only that text "
    "and recipe agree. With --plan the log of circulated drafts says to whom this text went. Of a signature page, which carries no "
    "recipe, that log says whether it is as sent.": "未写--plan的，按文件内含的生成信息重新生成，发送人可能改动过该信息，"
    "结果只说明文本与该信息是否一致。写明--plan的，还可从送交记录得知该文本曾送交何人。签署页不含生成信息，依送交记录核对是否与送出时一致。",
    "Say what differs between OLD and NEW: choices, values, parties and registers; findings and dates that follow; clauses, words.": "说明OLD与NEW的差异：选择、数值、当事人和清单，由此产生的检查结果和日期，以及条款和文字。",
    "OLD and NEW are plan files, built DOCX or PDF files, or revisions of Git written REV:path. What is substantive comes first. Exit "
    "code 0: nothing differs, 1: something does; with --class the gravest change decides, of the plan as of the words: 10 to 13.": "OLD和NEW为计划文件、"
    "本程序生成的DOCX或PDF，或者写作REV:path的Git修订版本。实质差异列在最前。退出码0表示没有差异，1表示有差异；用--class的，"
    "以计划和文字中最重要的变更为准：10至13。",
    "--json gives `changes`, `findings`, `dates` (each with the key of its cause) and `clauses`, all in both languages.": "--json给出changes、"
    "findings、dates（各附起因的键）和clauses，均为两种文字。",
    "Write the decisions of SHEET, a filled-in decision sheet (.docx or .xlsx), into PLAN as approvals.": "将填好的决定表SHEET（.docx或.xlsx）作为审批写入PLAN。",
    "Each is tied to the words it was decided on and lapses when they change. A sheet of another plan or draft is refused; every cell "
    "that cannot be understood is named, and then nothing is written.": "每项决定只对所依据的文字有效，文字变更即失效。属于其他计划或稿次的决定表不予接受；"
    "逐一指明无法理解的单元格，此时不写入任何内容。",
    "Lay plans side by side: choices and values against a standard, what is rare, findings of each. Errors stand first, outliers "
    "next.": "并列各份计划：与标准相比的选择和数值、少见内容以及各自的检查结果。错误列在最前，其次为异常值。",
    "PLAN is a plan file, a built file or REV:path. Plans of several folders are grouped by folder, drafts of several plans in one "
    "folder by plan.": "PLAN为计划文件、所生成的文件或者REV:path。多个文件夹的计划按文件夹分组；同一文件夹内多份计划的各稿，按计划分组。",
    "Say what each committed revision of PLAN changed, section by section, who made it, and how long each section stayed open.": "逐部分说明PLAN每次提交的修订内容、作者以及各部分待定的时间。",
    "Read from Git; the working tree is not touched. A plan that was renamed begins with its present name.": "从Git读取，不改动工作目录。曾改名的计划，自现有名称起算。",
    "Say what a change to PLANS would bring: choices, findings, dates, then clauses and words. No plan is written.": "说明对PLANS的某项变更会带来什么：选择、检查结果、日期，以及条款和文字。不写入计划。",
    "Exit code 0, whatever differs; with --class that of the gravest change of all plans. --json gives an object with `plans`, each as "
    "`tmp diff --json` gives it.": "无论有何差异，退出码均为0；用--class的，以各计划中最重要的变更为准。--json给出含plans的一个对象，每份计划的写法同tmp diff --json。",
    "Build a set for every row of MEMBERS (CSV, XLSX, YAML), merged into the base plan, or for every plan of a folder.": "将MEMBERS（CSV、XLSX、YAML）的每一行并入基础计划，各生成一套文件；或者为文件夹中的每份计划各生成一套。",
    "Column headings are keys of a member (id, name.zh, side), addresses of the plan (parameters.term.fixed.term_months) or "
    "papers with yes or no in the cells. Where two leads sign for all, the common text is built once and copied. What has not "
    "changed is not built again; a run that was stopped goes on with the same command.": "列名为成员单位的键（id、name.zh、side）、计划的地址"
    "（parameters.term.fixed.term_months），或者文件种类，单元格填yes或no。由两家牵头单位代全体签署的，共同文本只生成一次再复制。"
    "未变更的不再生成；中断后运行同一命令即可继续。",
    "Compute every date that follows from PLAN: rule, formula, working, date, who must act, source clause.": "计算由PLAN得出的全部日期：规则、公式、计算过程、日期、责任方、来源条款。",
    "Sorted by date; windows whose event has not happened stand at the end. A day that depends on holidays not yet announced is "
    "marked.": "按日期排列；起算事件尚未发生的列在最后。取决于尚未公布的节假日的日期，另作标记。",
    "Copy the bundled example into DIR [default: ./demo] and build it there. Works without a network.": "将附带的示例复制到DIR[默认：./demo]并在该处生成。无需网络。",
    "The example is a complete plan of an invented research consortium with ten members on two Sides, in English and Chinese.": "示例为一个虚构研究联盟的完整计划，两个国别方共十家成员单位，中英文对照。",
    "List, show, search and check the clause library; begin a card; stamp translations.": "列出、显示、搜索和检查条款库；新建条款卡；登记译文复核。",
    "List sections, slots and options.": "列出各部分、选择项和选项。",
    "Show cards: whom they favour, parameters, needs, conflicts, sources, both texts, guidance.": "显示条款卡：有利于谁、参数、所需、冲突、来源、两种文本和起草说明。",
    "Find options by WORDS in English or Chinese, the best first.": "按中英文WORDS查找选项，最相符的列在最前。",
    "Look a whole library over: texts, references, relations, sources, terms, wording, translations.": "检查整个条款库：文本、引用、关系、来源、术语、措辞、译文。",
    "A FOLDER with cards only (a house's own, laid over the built-in library) is looked at together with it.": "仅含条款卡的FOLDER（本单位自有、叠加于内置条款库之上）与内置条款库一并检查。",
    "Begin a card that reads: SECTION.OPTION in the folder of a house's own library.": "在本单位条款库的文件夹中新建可读取的条款卡SECTION.OPTION。",
    "Stamp cards: their Chinese text was read against their present English text.": "登记条款卡：其中文已与现有英文核对。",
    "List the profiles, or show the profile ID: what it mirrors, its choices and its values. A profile is a start, never a lock.": "列出模板，或者显示模板ID：其参照的安排、选择和数值。模板只是起点，并不锁定内容。",
    "Write the JSON Schema of a KIND of file; an editor that reads it completes and checks while you type.": "写出KIND类文件的JSON Schema；编辑器读取后可随输入补全和检查。",
    "Check Python, the PDF engine, fonts, the terminal and the clause library; each line says how to mend what is wrong.": "检查Python、PDF引擎、字体、终端和条款库；逐项说明如何处理问题。",
    "Print the completion script for SHELL: commands, flags, plan files, profiles, sections, options, codes.": "输出SHELL的补全脚本：命令、选项、计划文件、模板、各部分、条款选项和代码。",
}
"""A paragraph that is not here, such as a list of examples, stays as it is."""
