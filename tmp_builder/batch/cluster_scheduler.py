"""The way to a scheduler of Dask: reached, connected, and its workers held against this machine before anything is built."""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import time
import warnings
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Any

from tmp_builder.batch.cluster_worker import setup
from tmp_builder.errors import EngineError, UsageError
from tmp_builder.findings import Words, both, listed
from tmp_builder.pipeline import Options

ANSWER = 4
"""Seconds within which a scheduler answers."""
FIRST_WORKER = 10
"""Seconds that a scheduler without workers is given at the beginning."""
PATIENCE = 60
"""Seconds without any worker, and without an answer of a worker to what it is asked at the beginning, until the run ends."""
GLANCE = 2
"""Seconds between two looks at who is there."""
_MOST_NAMED = 5
"""So many workers that differ are named."""

_ADDRESS = re.compile(r"(?:tcp|tls)://(?P<host>\[[0-9a-fA-F:.]+\]|[^\s/:@\[\]]+):(?P<port>[0-9]{1,5})")


# ── the scheduler ───────────────────────────────────────────────────────────────────────────────────────────────────


def reach(address: str) -> None:
    """Whether a batch can be sent to a scheduler, found out before the work is laid out.

    Raises UsageError for an address that is none, EngineError where the package is missing or nobody answers.
    """
    found = _ADDRESS.fullmatch(address)
    if not found or not 0 < int(found["port"]) < 65536:
        raise UsageError(
            both(
                "--scheduler: “{address}” is no address of a scheduler", "--scheduler：“{address}”不是调度器地址", address=address
            ),
            both(
                "Write it as the scheduler prints it, such as tcp://10.0.0.7:8786 or tls://10.0.0.7:8786.",
                "请照调度器显示的形式填写，例如tcp://10.0.0.7:8786或者tls://10.0.0.7:8786。",
            ),
        )
    if find_spec("distributed") is None:
        raise EngineError(
            both("a cluster needs the package distributed, which is not installed", "使用集群需要distributed软件包，但尚未安装"),
            both("Install it: pip install 'tmp-builder[cluster]'", "请安装：pip install 'tmp-builder[cluster]'"),
        )
    try:
        socket.create_connection((found["host"].strip("[]"), int(found["port"])), ANSWER).close()
    except OSError as error:
        raise _unreachable(address, error) from error


def _unreachable(address: str, error: Exception) -> EngineError:
    said = next(iter(str(error).strip().splitlines()), "") or type(error).__name__
    secure = both(
        " For tls:// the certificates stand in Dask's own configuration (docs/scale.md).",
        " tls://所需证书在Dask自身的配置中设置（docs/scale.md）。",
    )
    return EngineError(
        both("no scheduler answers at {address}: {error}", "{address}处没有调度器应答：{error}", address=address, error=said),
        both(
            "Start one (dask scheduler), or leave out --scheduler to use this machine. What is finished stays; the same command goes on.{secure}",
            "请启动调度器（dask scheduler），或者去掉 --scheduler 改用本机。已完成的保留，再次运行同一命令即可继续。{secure}",
            secure=secure if address.startswith("tls:") else Words("", ""),
        ),
    )


def connected(address: str) -> Any:
    """A client of the scheduler. Raises EngineError where none answers within `ANSWER` seconds.

    What the package would print beside our messages is silenced: we say what it means.
    """
    from distributed import Client

    _silence("distributed", "tornado", "asyncio")
    try:
        asyncio.run(_greeted(address))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # versions are compared below, worker by worker
            return Client(address, timeout=ANSWER, name="tmp-batch", set_as_default=False)
    except (OSError, TypeError, ValueError, ImportError, RuntimeError) as error:
        raise _unreachable(address, error) from error


def _silence(*packages: str) -> None:
    """Each logger by itself, since those of the package have levels and outlets of their own."""
    for name in [*packages, *logging.root.manager.loggerDict]:
        if name.partition(".")[0] in packages:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


async def _greeted(address: str) -> None:
    """Whether it is a scheduler that listens there: a client would wait for ever for a server of another kind."""
    from distributed.core import rpc
    from distributed.security import Security

    async with asyncio.timeout(ANSWER):
        async with rpc(address, timeout=ANSWER, connection_args=Security().get_connection_args("client")) as scheduler:
            await scheduler.identity(n_workers=0)


def wait_for_worker(client: Any, address: str) -> dict[str, int]:
    """The workers, as soon as there is one. Raises EngineError where none comes."""
    until = time.monotonic() + FIRST_WORKER
    while True:
        workers = workers_of(client)
        if workers:
            return workers
        if time.monotonic() > until:
            raise EngineError(
                both("the scheduler at {address} has no workers", "{address}处的调度器没有工作进程", address=address),
                both(
                    "Start some: dask worker {address} --nthreads 1 --nworkers 4. What is finished stays; the same command goes on.",
                    "请启动：dask worker {address} --nthreads 1 --nworkers 4。已完成的保留，再次运行同一命令即可继续。",
                    address=address,
                ),
            )
        time.sleep(GLANCE / 10)


def workers_of(client: Any) -> dict[str, int]:
    """The address of every worker, and how many threads it has; none where the scheduler does not answer."""
    try:
        return dict(client.nthreads(callback_timeout=PATIENCE))
    except Exception:  # a connection breaks in many ways
        return {}


# ── workers held against this machine ───────────────────────────────────────────────────────────────────────────────


def compare(client: Any, here: Mapping[str, str], options: Options) -> None:
    """Hold the setup of every worker against the one of this machine. Raises EngineError that names the workers that differ."""
    there = client.run(setup, options, on_error="return", callback_timeout=PATIENCE)
    others = [both("{name}: {what}", "{name}：{what}", name=name, what=said) for name, said in _differing(there, here)]
    if not others:
        return
    more = len(others) - _MOST_NAMED
    rest = both("; and {more} more", "；另有{more}个", more=more) if more > 0 else Words("", "")
    shown = others[:_MOST_NAMED]
    raise EngineError(
        both(
            "{many} of {all} workers would make other files than this machine: {shown}{rest}",
            "{all}个工作进程中有{many}个会生成与本机不同的文件：{shown}{rest}",
            many=len(others),
            all=len(there),
            shown=Words("; ".join(shown), "；".join(each.zh for each in shown)),
            rest=rest,
        ),
        both(
            "Give them the same program, packages, templates and fonts (one container image serves best), then start them anew.",
            "请为其配备相同的程序、软件包、模板和字体（最好使用同一容器镜像），然后重新启动。",
        ),
    )


def _differing(there: Mapping[str, Any], here: Mapping[str, str]) -> Iterator[tuple[str, Words]]:
    """Each worker that differs, and in what."""
    for name in sorted(there):
        found = there[name]
        if isinstance(found, Exception):
            yield name, _silent(found)
        elif found != here:
            parts = [part for part in {**here, **found} if here.get(part) != found.get(part)]
            yield (
                name,
                listed(
                    both(
                        "{part} {there}, here {here}",
                        "{part} {there}（本机为{here}）",
                        part=part,
                        there=found.get(part) or "-",
                        here=here.get(part) or "-",
                    )
                    for part in parts
                ),
            )


def _silent(error: Exception) -> Words:
    """Why a worker does not say what it has. The package hands on some errors as their text only."""
    said = str(error) if type(error) is Exception else repr(error)
    if said.startswith(("ModuleNotFoundError", "ImportError", "AttributeError")):
        return both(
            "tmp-builder is missing, or another version ({error})", "未安装tmp-builder或者版本不同（{error}）", error=said
        )
    return both("it does not answer ({error})", "没有应答（{error}）", error=said)
