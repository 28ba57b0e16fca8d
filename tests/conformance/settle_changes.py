"""Run by the Python that has UNO: opens Word files in one LibreOffice, accepts or rejects every tracked change, and saves them.

Arguments: an empty folder for the profile, then for each file: source, target, accept or reject. A line for each file says what was
done and in how many seconds. The office is one of its own, with that profile, and is ended by its own number whatever happens.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}
START = 90
"""Seconds that an office may take to answer at its first start with a new profile."""


def value(name, said):
    found = PropertyValue()
    found.Name, found.Value = name, said
    return found


def connected(pipe, office):
    resolve = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver").resolve
    for _ in range(2 * START):
        try:
            return resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            if office.poll() is not None:
                raise SystemExit(f"LibreOffice ended with {office.returncode} before it answered") from None
            time.sleep(0.5)
    raise SystemExit("LibreOffice does not answer")


def settle(desktop, dispatcher, source, target, what):
    hidden = (value("Hidden", True),)
    document = desktop.loadComponentFromURL(Path(source).resolve().as_uri(), "_blank", 0, hidden)
    try:
        dispatcher.executeDispatch(document.CurrentController.Frame, COMMANDS[what], "", 0, ())
        document.storeToURL(Path(target).resolve().as_uri(), (value("FilterName", "MS Word 2007 XML"),))
    finally:
        document.close(True)


def ended(office):
    """Ends the office with what it has started: all have the number of its group."""
    if office.poll() is None:
        os.killpg(office.pid, signal.SIGKILL)
    office.wait(30)


def main(profile, *jobs):
    pipe = f"tmp{os.getpid()}"
    asked = [f"-env:UserInstallation={Path(profile).resolve().as_uri()}", "--headless", "--invisible", "--norestore", "--nologo"]
    command = ["soffice", *asked, f"--accept=pipe,name={pipe};urp;"]
    office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        context = connected(pipe, office)
        make = context.ServiceManager.createInstanceWithContext
        desktop, dispatcher = make("com.sun.star.frame.Desktop", context), make("com.sun.star.frame.DispatchHelper", context)
        for start in range(0, len(jobs), 3):
            source, target, what = jobs[start : start + 3]
            began = time.monotonic()
            settle(desktop, dispatcher, source, target, what)
            print(f"{what} {Path(source).name}: {time.monotonic() - began:.1f} s", flush=True)
    finally:
        ended(office)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    main(*sys.argv[1:])
