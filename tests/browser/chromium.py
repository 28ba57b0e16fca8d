"""Pages in headless Chromium: what stands in them after their script, and after what a reader does."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

PROGRAM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), "")
needs_chromium = pytest.mark.skipif(not PROGRAM, reason="Chromium is absent")

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_RESULT = re.compile(r'<pre id="result">(.*?)</pre>', re.S)


def run(page: Path, *options: str, width: int = 1280, height: int = 900, query: str = "") -> str:
    """The DOM of a page after its script ran, as text; with a network that leads nowhere."""
    command = [
        PROGRAM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-dev-shm-usage",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={page.parent / 'profile'}",
        f"--window-size={width},{height}",
        *options,
        "--dump-dom",
        f"{page.as_uri()}{query}",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return done.stdout


def ask(content: bytes, script: str, folder: Path, *, query: str = "", width: int = 1280) -> Any:
    """What `script`, the body of a function run after the page's own script, returns. The policy of the page is left out for it."""
    added = f"<script>addEventListener('load', async () => {{ const value = await (async () => {{ {script} }})();"
    added += "const out = document.createElement('pre'); out.id = 'result'; out.textContent = JSON.stringify(value);"
    added += "document.body.append(out); });</script>"
    page = folder / "page.html"
    text = _POLICY.sub("", content.decode())
    page.write_text(text.replace("</body>", f"{added}</body>"), encoding="utf-8")
    found = _RESULT.search(run(page, "--virtual-time-budget=3000", width=width, query=query))
    assert found, "the script of the test did not end"
    return json.loads(html.unescape(found[1]))
