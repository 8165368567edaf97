"""The two commands, with nothing but Python's standard library.

    python3 run.py [--port 8501]   sets up and starts the app, with sample reports in an empty store
    python3 run.py test            sets up and passes every check: format, lint, types, tests

Types that an older Python cannot read stand in quotes, so that it gets as far as the message about its version.
"""

import argparse
import ctypes.util
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.txt"
OLDEST = (3, 11)
ADDRESS = "127.0.0.1"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_PACKAGES = ("chromium", "fontconfig", "fonts-wqy-microhei", "libatomic1")
CHECKS = (
    ("格式", ("ruff", "format", "--check", ".")),
    ("代码规则", ("ruff", "check", "--quiet", "--output-format=concise", ".")),
    ("类型", ("mypy",)),
    ("测试", ("pytest", "--quiet", "--numprocesses=2", "--dist=loadgroup")),
)


def main(arguments: "list[str] | None" = None) -> int:
    """Carry out the command line; gives the exit status."""
    if sys.version_info < OLDEST:
        return say(f"需要 Python {OLDEST[0]}.{OLDEST[1]} 或更新的版本，现在是 {sys.version.split()[0]}。", 1)
    cli = argparse.ArgumentParser(
        prog="python3 run.py", description="安装并启动乡镇目标进度看板；加 test 则安装并运行全部检查。"
    )
    cli.add_argument(
        "command", nargs="?", choices=("start", "test"), default="start", help="start 启动（默认），test 检查"
    )
    cli.add_argument("--port", type=int, default=8501, help="网页端口，默认 8501")
    options = cli.parse_args(arguments)
    try:
        return test() if options.command == "test" else start(options.port)
    except subprocess.CalledProcessError as error:
        return say(f"没有成功：{' '.join(map(str, error.cmd))}（退出码 {error.returncode}），原因见上方的输出。", 1)


def say(message: str, status: int = 0) -> int:
    """Print a line for people at once; gives the status, so that a caller can return it."""
    print(message, file=sys.stderr if status else sys.stdout, flush=True)
    return status


def start(port: int) -> int:
    """Install, load the sample reports into an empty store, and serve until somebody presses Ctrl+C."""
    if not port_is_free(port):
        return say(f"端口 {port} 已被占用，请换一个：python3 run.py --port {port + 1}", 1)
    if not install():
        return 1
    subprocess.run([PYTHON, "-m", "ui.first_run"], cwd=ROOT, check=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with subprocess.Popen(serve_command(str(PYTHON), port), cwd=ROOT) as server:
        try:
            while server.poll() is None and port_is_free(port):
                time.sleep(0.2)
            say(f"请用浏览器打开：http://{ADDRESS}:{port}　（按 Ctrl+C 停止）")
            return server.wait()
        except KeyboardInterrupt:
            server.terminate()
            return say("已停止。")


def port_is_free(port: int) -> bool:
    """Whether nothing answers on the port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex((ADDRESS, port)) != 0


def serve_command(python: str, port: int) -> "list[str]":
    """The command that serves the app on this machine's loopback address only."""
    settings = {"server.address": ADDRESS, "server.port": port, "server.headless": "true", "logger.level": "warning"}
    flags = [f"--{name}={value}" for name, value in {**settings, "logger.hideWelcomeMessage": "true"}.items()]
    return [python, "-m", "streamlit", "run", "serve.py", *flags]


def test() -> int:
    """Install with the test tools, then run every check to its end; 0 when all passed."""
    if not install("test"):
        return 1
    prepare_browser()
    failed = []
    for title, (tool, *flags) in CHECKS:
        say(f"—— {title}：{tool}")
        if subprocess.run([PYTHON, "-m", tool, *flags], cwd=ROOT).returncode:
            failed.append(title)
    return say(f"没有通过：{'、'.join(failed)}", 1) if failed else 0


def install(extra: str = "") -> bool:
    """Make .venv and install the project into it, unless that was done for this pyproject.toml; False if it cannot."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    done = STAMP.read_text().split() if STAMP.is_file() and runs(PYTHON) else []
    if f"{wanted}{extra}" in done:
        return True
    if not runs(PYTHON) and not make_venv():
        return False
    say("正在安装所需的组件，第一次约需一分钟……")
    project = f".[{extra}]" if extra else "."
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "--editable", project], cwd=ROOT, check=True)
    STAMP.write_text("\n".join({wanted, f"{wanted}{extra}"}))
    return True


def runs(python: Path) -> bool:
    """Whether that Python is there, starts, and is new enough."""
    probe = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    return python.exists() and subprocess.run([python, "-c", probe], capture_output=True).returncode == 0


def make_venv() -> bool:
    """Make .venv afresh; False, with the reason in Chinese, where Python's venv is not installed."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        if not apt_install("python3-venv"):
            say("请安装后重新运行。", 1)
            return False
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
    return True


def chromium() -> "str | None":
    """The path of a Chromium or Chrome on this machine, None where there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def has_chinese_font() -> bool:
    """Whether fontconfig knows a font that can draw Chinese."""
    lister = shutil.which("fc-list")
    return bool(lister and subprocess.run([lister, ":lang=zh"], capture_output=True).stdout)


def missing_for_browser() -> "list[str]":
    """What the browser tests lack on this machine; Windows and macOS bring all but the browser."""
    present = {"Chromium": bool(chromium())}
    if sys.platform.startswith("linux"):
        present.update({"中文字体": has_chinese_font(), "libatomic": bool(ctypes.util.find_library("atomic"))})
    return [name for name, found in present.items() if not found]


def prepare_browser() -> None:
    """See that the browser tests can run; say what is missing where it cannot be installed."""
    missing = missing_for_browser()
    if missing and not apt_install(*BROWSER_PACKAGES):
        say(f"没有{'、'.join(missing)}，跳过浏览器测试。")


def apt_install(*packages: str) -> bool:
    """Install Debian packages where we may (root with apt-get); else say in Chinese what to install, and False."""
    apt = shutil.which("apt-get")
    if not apt or not hasattr(os, "geteuid") or os.geteuid() != 0:
        say(f"缺少组件，请由管理员安装，例如：sudo apt-get install {' '.join(packages)}")
        return False
    say(f"正在安装 {'、'.join(packages)}……")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([apt, "update", "-qq"], env=quiet, check=True)
    flags = ["install", "--yes", "-qq", "--no-install-recommends"]
    subprocess.run([apt, *flags, *packages], env=quiet, stdout=subprocess.DEVNULL, check=True)
    return True


if __name__ == "__main__":
    raise SystemExit(main())
