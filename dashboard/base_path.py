"""The path below which a proxy serves the dashboard, whether it passes that on or strips it."""

from starlette.types import ASGIApp, Receive, Scope, Send


class BasePath:
    """Takes both forms of a request to the one that ASGI knows: a whole path that begins with `root_path`.

    No address in the code begins with it, and all that the server writes out in full do. `path` is "" or such
    as "/karabakh".
    """

    def __init__(self, app: ASGIApp, *, path: str) -> None:
        self.app, self.path = app, path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its whole path."""
        if self.path and scope["type"] in ("http", "websocket") and not scope.get("root_path"):
            is_whole = f"{scope['path']}/".startswith(f"{self.path}/")
            path = scope["path"] if is_whole else self.path + scope["path"]
            scope = {**scope, "root_path": self.path, "path": path}
        await self.app(scope, receive, send)
