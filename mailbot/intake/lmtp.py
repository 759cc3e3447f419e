"""LMTP (RFC 2033): the same connection, with LHLO as its greeting and one reply for each recipient."""

from aiosmtpd.smtp import syntax

from mailbot.intake.connection import Connection


class LmtpConnection(Connection):
    word = "LMTP"

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, hostname: str) -> None:
        await super().smtp_EHLO(hostname)

    async def smtp_EHLO(self, hostname: str) -> None:
        await self.push("500 This is LMTP: say LHLO")

    async def smtp_HELO(self, hostname: str) -> None:
        await self.push("500 This is LMTP: say LHLO")

    async def answer(self, status: str, recipients: int) -> None:
        """One reply for each accepted RCPT, refusals too: with fewer the client waits for ever."""
        await self.push("\r\n".join([status] * recipients).encode())
