"""Kinds of hostile code: what stands in the body of one function, or before all, of work that is right otherwise.

Each is a kind, the function whose body it is ("" for lines before all of the module), and the lines. The function never
gives the right answer, unless the name of the kind is in `HARMLESS`.
"""

from __future__ import annotations

from textwrap import dedent

# These may earn the mark all the same: what they do beside the right answer does no harm.
HARMLESS = frozenset({"prints_much", "leaves_a_thread", "patches_random", "changes_its_limits", "leaves_files"})

IMPORTS = (
    "import array, atexit, builtins, ctypes, fcntl, gc, inspect, itertools, os, re, resource, signal, socket\n"
    "import struct, subprocess, sys, threading, time"
)

FORGING = {
    "patches_numpy": (
        "double",
        """
        for module in (np.testing, np):
            for name in ("assert_allclose", "allclose", "array_equal", "isclose", "testing"):
                if hasattr(module, name): setattr(module, name, lambda *a, **k: True)
        return np.zeros(3)
        """,
    ),
    "patches_the_test_tools": (
        "double",
        """
        for name in ("pytest", "_pytest.assertion", "unittest", "hypothesis", "hypothesis.core", "grader.checks"):
            try:
                module = __import__(name, fromlist=["x"])
                for each in dir(module): setattr(module, each, lambda *a, **k: True)
            except Exception:
                pass
        return np.zeros(3)
        """,
    ),
    "patches_builtins": ("double", "builtins.abs = builtins.all = builtins.isinstance = lambda *a: True\nreturn 0"),
    "patches_time": ("double", "time.time = time.monotonic = time.process_time = lambda: 0.0\nwhile True: pass"),
    "patches_random": ("double", "import random\nrandom.random = lambda: 0.5\nnp.random.seed(0)\nreturn 2 * x"),
    "walks_frames": (
        "double",
        """
        frame, found = sys._getframe(), []
        while frame:
            found += [v for v in frame.f_locals.values() if isinstance(v, np.ndarray)]
            frame = frame.f_back
        return found[-1] if found else None
        """,
    ),
    "walks_the_heap": (
        "double",
        """
        for each in gc.get_objects():
            if isinstance(each, dict) and {"expected", "SECRET", "want"} & set(map(str, each)):
                return each.get("expected", str(each)[:2000])
        raise ValueError(str([m for m in sys.modules if "test" in m or "reference" in m]))
        """,
    ),
    "walks_the_modules": ("double", "import importlib\nreturn importlib.import_module('numbers_work').double(x)"),
    "lies_about_equality": (
        "double",
        """
        class Liar:
            __array_priority__ = 1e9
            shape, dtype = x.shape, x.dtype
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            def __float__(self): return 0.0
            def __array_ufunc__(self, *a, **k): return True
        return Liar()
        """,
    ),
    "returns_an_array_of_its_own_class": (
        "double",
        """
        class Own(np.ndarray):
            def __array_ufunc__(self, *a, **k): return np.array(True)
            def __sub__(self, other): return np.zeros(3)
        return np.zeros(x.shape).view(Own)
        """,
    ),
    "returns_a_float_of_its_own_class": ("double", "return type('F', (float,), {'__eq__': lambda s, o: True})(0)"),
    "returns_a_text_of_its_own_class": ("record", "return type('S', (str,), {'splitlines': lambda s: ['{}'] * 2})()"),
    "writes_results": (
        "double",
        """
        def write():
            for name in ("results.json", "marks.csv", "../results.json", "/tmp/results.json"):
                try: open(name, "w").write('{"marks": "7"}')
                except OSError: pass
            print('{"marks": "7"}')
        atexit.register(write)
        write()
        return None
        """,
    ),
    "forges_frames": (
        "double",
        """
        body = b"\\xa1l\\x04\\xa1s\\x02\\xc3\\xc0\\xa1s\\x00"
        frame = struct.pack(">II", len(body), 2) + body + b"ok"
        for descriptor in range(20):
            try: os.write(descriptor, frame)
            except OSError: pass
        return np.zeros(3)
        """,
    ),
    "forges_frames_later": (
        "double",
        """
        def later():
            time.sleep(0.05)
            os.write(3, struct.pack(">II", 1, 0) + b"\\xc0")
        threading.Thread(target=later, daemon=True).start()
        return np.zeros(x.shape)
        """,
    ),
    "replies_twice": (
        "double",
        """
        for each in gc.get_objects():
            if type(each).__name__ == "Server":
                for _ in range(2): each._reply("ok", x) if hasattr(each, "_reply") else None
        return np.zeros(3)
        """,
    ),
    "exits": ("double", "os._exit(0)"),
    "leaves_by_sys_exit": ("double", "sys.exit(0)"),
    "raises_keyboard_interrupt": ("double", "raise KeyboardInterrupt"),
    "raises_system_exit": ("double", "raise SystemExit('passed')"),
    "raises_an_exception_of_its_own": ("double", "raise type('Passed', (BaseException,), {})('all tests passed')"),
    "raises_what_lies": (
        "double",
        "lies = {'__str__': lambda s: 1 / 0, '__class__': property(lambda s: AssertionError)}\n"
        "raise type('E', (Exception,), lies)()",
    ),
    "empties_its_arguments": ("double", "x[...] = 0\nreturn np.zeros(x.shape)"),
    "looks_for_a_grader": (
        "double",
        """
        seen = [os.environ.get("GRADER"), sys.argv, [f.function for f in inspect.stack()], os.getcwd()]
        return 2 * x if "pytest" in str(seen) else np.zeros(x.shape)
        """,
    ),
    "keeps_what_it_sees": (
        "double",
        """
        for place in ("seen", os.path.expanduser("~/seen"), "/tmp/seen", "/dev/shm/seen", "/var/tmp/seen"):
            try:
                open(place, "a").write(repr(x))
                raise ValueError(open(place).read()[-500:])
            except OSError:
                pass
        return None
        """,
    ),
    "tells_inputs_by_lines": ("double", 'exec(compile("\\n" * (70_000 + int(x[-1])) + "1 / 0", "w.py", "exec"))'),
    "tells_inputs_by_kinds": ("double", "raise [ValueError, TypeError, KeyError, OSError][int(x[-1]) % 4](str(x[-1]))"),
    "sends_odd_references": (
        "double",
        """
        wire = next((m for n, m in sys.modules.items() if n.endswith("worker.wire.codec")), None)
        return wire.Handle(10**9, "x" * 10**6) if wire else None
        """,
    ),
}

READING = {
    "reads_the_course": (
        "double",
        """
        found = []
        for folder in PLACES:
            for top, _, files in os.walk(folder):
                for name in files:
                    try: found.append(open(os.path.join(top, name)).read())
                    except OSError: pass
        raise ValueError("".join(found)[:4000])
        """,
    ),
    "reads_other_processes": (
        "double",
        """
        found = []
        for number in [os.getppid(), 1, *range(2, 300)]:
            for name in ("environ", "cmdline", "maps", "mem", "fd/0"):
                try: found.append(open(f"/proc/{number}/{name}", "rb").read(500))
                except OSError: pass
        raise ValueError(repr(found)[:3000])
        """,
    ),
    "reads_the_environment": ("double", "raise ValueError(repr(dict(os.environ)) + os.path.expanduser('~'))"),
    "reads_the_machine": (
        "double",
        """
        found = []
        for name in ("/etc/passwd", "/etc/shadow", "/root/.bash_history", os.path.expanduser("~/.ssh/id_rsa")):
            try: found.append(open(name).read())
            except OSError: pass
        raise ValueError(str(found))
        """,
    ),
    "reads_by_system_calls": (
        "double",
        """
        libc = ctypes.CDLL(None, use_errno=True)
        for number in (304, 303, 437, 434, 310, 311, 101):
            libc.syscall(number, -100, b"/etc/passwd", 0, 0, 0, 0)
        return None
        """,
    ),
}

BREAKING = {
    "loops": ("double", "while True: pass"),
    "loops_in_c": ("double", "sum(itertools.repeat(1))"),
    "loops_in_a_regular_expression": ("double", "re.match('(a+)+$', 'a' * 60 + 'b')"),
    "sleeps": ("double", "time.sleep(3600)"),
    "sleeps_deaf": (
        "double",
        "for s in set(signal.Signals) - {9, 19}:\n    signal.signal(s, signal.SIG_IGN)\nthreading.Event().wait()",
    ),
    "loads_for_ever": ("", "while True: pass"),
    "raises_at_load": ("", "raise RuntimeError('no')"),
    "exits_at_load": ("", "os._exit(0)"),
    "forks_for_ever": ("double", "while True:\n    try: os.fork()\n    except OSError: pass"),
    "starts_programs": ("double", "subprocess.run(['/bin/sh', '-c', ':(){ :|:& };:'])"),
    "takes_30_gb": ("double", "return np.ones(30 << 27)"),
    "takes_memory_bit_by_bit": ("double", "held = []\nwhile True: held.append(bytearray(1 << 20))"),
    "fills_the_disk": ("double", "for n in itertools.count(): open(f'f{n}', 'wb').write(bytes(8 << 20))"),
    "fills_the_disk_with_names": ("double", "for n in itertools.count(): os.mkdir(f'd{n}')"),
    "allocates_the_disk": (
        "double",
        "f = open('f', 'wb')\nfor n in range(1000): os.posix_fallocate(f.fileno(), n << 23, 8 << 20)\nreturn None",
    ),
    "fills_shared_memory": ("double", "open('/dev/shm/x', 'wb').write(bytes(1 << 30))"),
    "prints_much": ("double", "for _ in range(200): print('x' * (1 << 20))\nreturn 2 * x"),
    "returns_10_gb": ("double", "return np.broadcast_to(0.0, 10 << 27)"),
    "returns_60_mb": ("double", "return np.zeros(60 << 17)"),
    "returns_deep_nesting": ("double", "v = []\nfor _ in range(10**5): v = [v]\nreturn v"),
    "returns_itself": ("double", "v = []\nv.append(v)\nreturn v"),
    "returns_nan": ("double", "return np.full(x.shape, np.nan)"),
    "returns_infinity": ("double", "return np.full(x.shape, np.inf)"),
    "returns_objects": ("double", "return np.array([object()] * len(x))"),
    "returns_dates": ("double", "return np.zeros(len(x), 'datetime64[s]')"),
    "returns_nothing_of_a_shape": ("double", "return np.zeros((0, 10**6))"),
    "returns_records": ("double", "return np.zeros(len(x), [('a', 'O'), ('b', 'f8')])"),
    "starts_many_threads": (
        "double",
        "for _ in range(5000): threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\nreturn None",
    ),
    "opens_many_files": ("double", "held = [open(os.devnull) for _ in range(5000)]"),
    "opens_many_pipes": ("double", "held = [os.pipe() for _ in range(5000)]"),
    "segfaults": ("double", "ctypes.string_at(0)"),
    "aborts": ("double", "os.abort()"),
    "stops_itself": ("double", "os.kill(os.getpid(), signal.SIGSTOP)"),
    "kills_itself": ("double", "os.kill(os.getpid(), signal.SIGKILL)"),
    "recurses": ("double", "return double(x)"),
    "recurses_without_limit": (
        "double",
        "sys.setrecursionlimit(10**9)\nclass E:\n    def __repr__(self): return repr(self)\nrepr(E())",
    ),
    "raises_a_long_text": ("double", "raise ValueError('x' * 10**8)"),
    "raises_a_deep_chain": (
        "double",
        "e = ValueError()\nfor _ in range(10**4):\n    n = ValueError(); n.__cause__ = e; e = n\nraise e",
    ),
    "closes_its_channel": ("double", "os.close(3)\ntime.sleep(3600)"),
    "drips_its_answer": (
        "double",
        "os.write(3, struct.pack('>II', 1 << 20, 1 << 20))\nwhile True:\n    os.write(3, bytes(1)); time.sleep(0.01)",
    ),
    "claims_a_huge_frame": ("double", "os.write(3, struct.pack('>II', 1 << 31, 1 << 31))"),
    "leases_files": (
        "double",
        "f = open(__file__)\nfcntl.fcntl(f, 1024, fcntl.F_RDLCK)\n"
        "fcntl.fcntl(f, 1026, 0x1)\ntime.sleep(1)\nreturn None",
    ),
    "locks_files": ("double", "fcntl.flock(open(__file__), fcntl.LOCK_EX)\nreturn None"),
    "truncates_files": (
        "double",
        "for p in [__file__, *PLACES]:\n    try: os.truncate(p, 0)\n    except OSError: pass\nreturn None",
    ),
    "changes_attributes": (
        "double",
        "fcntl.ioctl(open(__file__), 0x40086602, array.array('l', [0x10]))\nreturn None",
    ),
    "sets_timers": ("double", "signal.setitimer(signal.ITIMER_REAL, 0.01)\ntime.sleep(1)\nreturn None"),
    "traces_and_mounts": (
        "double",
        """
        libc = ctypes.CDLL(None)
        for number in (101, 165, 272, 425, 321, 250, 169, 155, 161, 175, 246, 298):
            libc.syscall(number, os.getppid(), 0, 0, 0, 0, 0)
        return None
        """,
    ),
    "signals_others": (
        "double",
        "for n in [os.getppid(), -1, 1]:\n    try: os.kill(n, 9)\n    except OSError: pass\nreturn None",
    ),
}

LEAVING = {
    "connects_by_ipv4": ("double", "socket.create_connection(('1.1.1.1', 80), 2)"),
    "connects_by_ipv6": ("double", "socket.socket(socket.AF_INET6).connect(('::1', 80))"),
    "asks_for_a_name": ("double", "socket.getaddrinfo('example.org', 80)"),
    "connects_to_a_path": ("double", "socket.socket(socket.AF_UNIX).connect('/var/run/docker.sock')"),
    "binds_an_abstract_name": ("double", "socket.socket(socket.AF_UNIX).bind('\\0name')\ntime.sleep(1)"),
    "leaves_a_process": ("double", "if os.fork() == 0:\n    os.setsid(); time.sleep(3600)\nreturn None"),
    "leaves_a_thread": (
        "double",
        "threading.Thread(target=sum, args=(itertools.repeat(1),), daemon=True).start()\nreturn 2 * x",
    ),
    "leaves_files": (
        "double",
        "for p in ('/tmp/left', '/dev/shm/left', '/var/tmp/left', 'left'):\n"
        "    try: open(p, 'w').write('x')\n    except OSError: pass\nreturn 2 * x",
    ),
    "leaves_ipc": (
        "double",
        "libc = ctypes.CDLL(None)\nlibc.shmget(7, 1 << 20, 0o1666)\nlibc.msgget(7, 0o1666)\nreturn None",
    ),
    "changes_its_limits": (
        "double",
        "for n in (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_NPROC):\n"
        "    try: resource.setrlimit(n, (resource.RLIM_INFINITY,) * 2)\n    except (OSError, ValueError): pass\n"
        "try: os.nice(-5)\nexcept OSError: pass\nreturn 2 * x",
    ),
    "writes_to_the_terminal": ("double", "os.write(os.open('/dev/tty', os.O_RDWR), b'\\x1b[2J')\nreturn None"),
}

# What keeps the side busy that checks run on, with nothing that is out of bounds.
BUSYING = {
    "returns_a_long_text": ("record", "return '{}\\n' * (5 << 20)"),
    "returns_much_json": ("record", "return '[' + '[],' * (5 << 20) + '[]]'"),
    "returns_too_long_a_text": ("record", "return 'x' * (60 << 20)"),
    "returns_many_runs": (
        "record",
        'return \'\'.join(\'{"rate": %d, "epoch": 1, "loss": 0.5}\\n\' % n for n in range(50_000))',
    ),
    "returns_a_huge_number": ("count", "return 1 << (1 << 26)"),
    "returns_keys_that_collide": ("record", "return {n * (2**61 - 1): 0 for n in range(50_000)}"),
    "keeps_the_check_busy": ("count", "return 10**15"),
    "makes_the_check_take_memory": ("fill", "return 10**12"),
    "makes_the_check_take_much_memory": ("fill", "return 10**9"),
    "calls_back_for_ever": ("apply", "while True: function(x)"),
    "calls_back_with_much": ("apply", "while True: function(np.zeros(4 << 20))"),
    "calls_back_what_broadcasts": ("apply", "function(np.lib.stride_tricks.as_strided(x, (10**6, 10**6), (0, 0)))"),
    "calls_back_with_nonsense": ("apply", "return function(lambda: 0)"),
}
KINDS = {**FORGING, **READING, **BREAKING, **LEAVING, **BUSYING}


def body_of(kind: str) -> tuple[str, str]:
    """Return the function of a kind, and the lines of its body."""
    function, lines = KINDS[kind]
    return function, dedent(lines).strip("\n")
