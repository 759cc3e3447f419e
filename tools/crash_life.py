"""The life and death of the installation, as crash.py commands it: start, SIGKILL, SIGTERM, and what it died of."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

SHOP = Path(__file__).with_name("crash_shop.py")


@dataclass
class Shop:
    """The installation's life and death, through the process that forks it."""

    process: asyncio.subprocess.Process
    log: Path

    async def open(self) -> None:
        await self._hear("open", 60)

    async def start(self, days: int) -> None:
        await self._tell(f"start {days}")
        await self._hear("born", 10)

    async def ready(self, seconds: float = 20) -> None:
        await self._hear("ready", seconds)

    async def kill(self) -> None:
        """SIGKILL; whatever else it died of is a defect."""
        await self._tell("kill")
        await self._hear("gone -9", 10)

    async def stop(self) -> None:
        """SIGTERM; it ends what it is doing and exits with 0."""
        await self._tell("stop")
        await self._hear("gone 0", 20)

    async def _tell(self, words: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(words.encode() + b"\n")
        await self.process.stdin.drain()

    async def _hear(self, words: str, seconds: float) -> None:
        assert self.process.stdout
        async with asyncio.timeout(seconds):
            while (line := (await self.process.stdout.readline()).decode().strip()) != words:
                if line != "ready" or words == "ready":  # one that was killed while it started may have said so
                    raise RuntimeError(f"expected {words!r} of the installation, got {line!r}; see {self.log}")


@contextlib.asynccontextmanager
async def installed(config: Path, log: Path) -> AsyncIterator[Shop]:
    """An installation that can be started and killed again and again."""
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(SHOP), str(config),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=out,
        )  # fmt: skip
        try:
            shop = Shop(process, log)
            await shop.open()
            yield shop
        finally:
            assert process.stdin
            process.stdin.close()
            await asyncio.wait_for(process.wait(), 20)
