"""Run by the Python that has UNO: opens Word files in LibreOffice, accepts or rejects every tracked change, and saves them.

Arguments: a folder for the profile, then for each file: source, target, accept or reject.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue


def value(name, said):
    found = PropertyValue()
    found.Name, found.Value = name, said
    return found


def connected(pipe):
    resolve = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver").resolve
    for _ in range(240):
        try:
            return resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.5)
    raise SystemExit("LibreOffice does not answer")


def settle(manager, context, source, target, what):
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    document = desktop.loadComponentFromURL(Path(source).resolve().as_uri(), "_blank", 0, (value("Hidden", True),))
    command = ".uno:AcceptAllTrackedChanges" if what == "accept" else ".uno:RejectAllTrackedChanges"
    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
    document.storeToURL(Path(target).resolve().as_uri(), (value("FilterName", "MS Word 2007 XML"),))
    document.close(True)


def main(profile, *jobs):
    pipe = f"tmp{abs(hash(profile))}"
    asked = [f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"]
    office = subprocess.Popen(["soffice", *asked], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        context = connected(pipe)
        for start in range(0, len(jobs), 3):
            settle(context.ServiceManager, context, *jobs[start : start + 3])
        context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context).terminate()
        office.wait(60)
    finally:
        office.kill()


if __name__ == "__main__":
    main(*sys.argv[1:])
