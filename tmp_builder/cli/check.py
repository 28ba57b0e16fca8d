"""`tmp check`: a plan or a library against the rules."""

from __future__ import annotations

from pathlib import Path

import click

from tmp_builder.cli.output import Talk, finding_data, print_json


@click.command("check")
@click.argument("targets", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--final", is_flag=True, help="Check as for an execution copy: gaps and open choices are errors.")
@click.option("--strict", is_flag=True, help="Warnings also lead to exit code 1.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option("--library", type=click.Path(path_type=Path), help="Another clause library than the built-in one.")
@click.pass_obj
def command(talk: Talk, targets: tuple[Path, ...], final: bool, strict: bool, as_json: bool, library: Path | None) -> int:
    """Hold TARGETS (plan files or folders of a clause library) against the rules.

    \b
    Examples:
      tmp check clean-vehicles.plan.yaml
      tmp check clean-vehicles.plan.yaml --final --json
    """
    from tmp_builder import pipeline
    from tmp_builder.findings import Finding, Severity

    findings: list[Finding] = []
    for target in targets:
        if target.is_dir():
            from tmp_builder.cli.library import care

            findings += care(target)
            continue
        plan, found = pipeline.read(target, library)
        findings += pipeline.examine(plan, found, pipeline.Options(final=final)).findings
    if as_json:
        print_json({"targets": [str(target) for target in targets], "findings": [finding_data(finding) for finding in findings]})
    else:
        talk.findings(findings)
        talk.say(talk.count(findings))
    bad = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return 1 if any(finding.severity in bad for finding in findings) else 0
