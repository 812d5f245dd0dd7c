"""A submission that uses the standard library as honest work does: what works elsewhere has to work in a jail.

`works` returns what each of many small uses gives, as text; `refused` how each use of what there is not for a worker
ends. As a program it prints the first, as JSON, from wherever it is run.
"""

import ast
import asyncio
import calendar
import collections
import concurrent.futures
import configparser
import contextlib
import cProfile
import csv
import ctypes
import datetime
import dbm.dumb
import decimal
import difflib
import doctest
import email.message
import fractions
import gc
import glob
import gzip
import hashlib
import hmac
import inspect
import io
import json
import locale
import logging.handlers
import lzma
import mmap
import multiprocessing
import os
import pathlib
import pickle
import platform
import queue
import random
import resource
import secrets
import select
import selectors
import shutil
import signal
import socket
import sqlite3
import ssl
import statistics
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import timeit
import tracemalloc
import unittest
import urllib.request
import uuid
import warnings
import xml.etree.ElementTree
import zipfile
import zoneinfo

import numpy as np


def threads_with_locks_and_events():
    total, lock, event = [], threading.Lock(), threading.Event()

    def add(number):
        event.wait()
        with lock:
            total.append(number)

    started = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in started:
        thread.start()
    event.set()
    for thread in started:
        thread.join()
    return sorted(total)


def condition_semaphore_barrier_timer_local():
    barrier, semaphore, condition, said = threading.Barrier(2), threading.Semaphore(1), threading.Condition(), []
    local = threading.local()
    local.value = 1

    def meet():
        barrier.wait(10)
        with semaphore, condition:
            said.append(hasattr(local, "value"))
            condition.notify_all()

    with condition:
        thread = threading.Thread(target=meet)
        thread.start()
        barrier.wait(10)
        condition.wait(10)
    thread.join()
    timer = threading.Timer(0.001, said.append, ["late"])
    timer.start()
    timer.join()
    return said


def pool_of_threads():
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        return [*pool.map(abs, range(-5, 5))]


def queues():
    several, last = queue.Queue(), queue.PriorityQueue()
    threading.Thread(target=lambda: [several.put(number) for number in range(5)]).start()
    last.put(2)
    last.put(1)
    return [several.get(timeout=10) for _ in range(5)], last.get()


def coroutines():
    async def twice(number):
        await asyncio.sleep(0.001 * number)
        return 2 * number

    async def everything():
        aside = await asyncio.to_thread(sum, [1, 2])
        async with asyncio.timeout(10):
            return aside, await asyncio.gather(*map(twice, range(5)))

    return asyncio.run(everything())


def coroutines_by_hand():
    loop = asyncio.new_event_loop()
    try:
        future = loop.create_future()
        loop.call_later(0.001, future.set_result, 7)
        return loop.run_until_complete(future)
    finally:
        loop.close()


def temporary_files():
    with tempfile.NamedTemporaryFile("w+") as file, tempfile.TemporaryFile() as nameless:
        file.write("text")
        file.seek(0)
        nameless.write(b"bytes")
        return file.read(), nameless.tell()


def temporary_folders():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "a", "b")
        path.mkdir(parents=True)
        (path / "c.txt").write_text("c")
        (path / "c.txt").replace(path / "d.txt")
        found = sorted(name.name for name in pathlib.Path(folder).rglob("*"))
    return found, os.path.exists(folder)


def copies_and_moves():
    with tempfile.TemporaryDirectory() as folder:
        first, second = os.path.join(folder, "first"), os.path.join(folder, "second")
        pathlib.Path(first).write_bytes(bytes(100_000))
        shutil.copyfile(first, second)
        shutil.move(second, os.path.join(folder, "third"))
        with open(first, "rb") as source, open(second, "wb") as target:
            shutil.copyfileobj(source, target)
        names = sorted(os.path.basename(path) for path in glob.glob(folder + "/*"))
        size = sum(entry.stat().st_size for entry in os.scandir(folder))
        shutil.rmtree(folder, ignore_errors=False)
        os.mkdir(folder)
    return names, size


def descriptors():
    with tempfile.TemporaryDirectory() as folder:
        number = os.open(os.path.join(folder, "file"), os.O_RDWR | os.O_CREAT)
        os.write(number, b"0123456789")
        os.lseek(number, 2, os.SEEK_SET)
        os.ftruncate(number, 5)
        os.fsync(number)
        other = os.dup(number)
        read = os.pread(other, 9, 0)
        os.close(number)
        os.close(other)
    return read


def database_in_memory():
    with contextlib.closing(sqlite3.connect(":memory:")) as base:
        base.execute("create table runs (name text, loss real)")
        base.executemany("insert into runs values (?, ?)", [("a", 1.5), ("b", 0.5)])
        return base.execute("select name, loss from runs order by loss").fetchall()


def database_in_a_file():
    with tempfile.TemporaryDirectory() as folder, contextlib.closing(sqlite3.connect(folder + "/runs.db")) as base:
        base.execute("create table runs (name text)")
        base.execute("insert into runs values ('a')")
        base.commit()
        return base.execute("select * from runs").fetchall()


def formats():
    text = io.StringIO()
    csv.writer(text).writerow([1, "two", 3.0])
    parser = configparser.ConfigParser()
    parser.read_string("[a]\nb = 1")
    tree = xml.etree.ElementTree.fromstring("<a><b/></a>")
    message = email.message.EmailMessage()
    message["Subject"] = "η"
    return text.getvalue(), json.loads("[1, null]"), parser["a"]["b"], len(tree), str(message["Subject"])


def pickles():
    return pickle.loads(pickle.dumps({"a": (1, np.arange(3).tolist()), "b": decimal.Decimal("1.5")}))


def archives():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.zip")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("name", "text" * 100)
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
        with tarfile.open(os.path.join(folder, "a.tar.gz"), "w:gz") as tar:
            tar.add(path, "a.zip")
        with gzip.open(os.path.join(folder, "a.gz"), "wt") as file:
            file.write("text")
        return names, lzma.decompress(lzma.compress(b"x"))


def numbers():
    with decimal.localcontext() as context:
        context.prec = 30
        third = decimal.Decimal(1) / 3
    return third, fractions.Fraction(1, 3), statistics.stdev([1, 2, 4]), random.Random(1).random()


def secrets_and_digests():
    token = secrets.token_hex(8)
    digest = hmac.new(b"key", b"text", "sha256").hexdigest()
    return len(token), hashlib.sha256(b"").hexdigest(), hashlib.blake2b(b"").hexdigest(), digest, len(os.urandom(4))


def dates():
    day = datetime.datetime(2024, 2, 29, tzinfo=datetime.UTC)
    zoneinfo.available_timezones()
    return day.isoformat(), calendar.monthrange(2024, 2), time.gmtime(0)[:6], time.strftime("%Y", time.gmtime(0))


def clocks():
    before = time.monotonic(), time.perf_counter(), time.process_time(), time.thread_time()
    time.sleep(0.002)
    after = time.monotonic(), time.perf_counter(), time.process_time(), time.thread_time()
    taken = timeit.timeit("1 + 1", number=10)
    return all(a >= b for a, b in zip(after, before, strict=True)), taken > 0, time.time() > 0


def words():
    locale.setlocale(locale.LC_ALL, "C")
    return locale.localeconv()["decimal_point"], [*difflib.ndiff(["a"], ["b"])], "ß".upper()


def identities():
    return len(str(uuid.uuid4())), str(uuid.uuid5(uuid.NAMESPACE_DNS, "a")), len(str(uuid.uuid1()))


def logs():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "log")
        handler = logging.handlers.RotatingFileHandler(path, maxBytes=200, backupCount=2)
        logger = logging.Logger("smoke")
        logger.addHandler(handler)
        for number in range(20):
            logger.warning("number %d", number)
        handler.close()
        return sorted(os.listdir(folder))


def memory_maps():
    with mmap.mmap(-1, 8192) as memory, tempfile.TemporaryFile() as file:
        memory[:3] = b"abc"
        memory.madvise(mmap.MADV_DONTNEED) if hasattr(memory, "madvise") else None
        file.write(bytes(4096))
        file.flush()
        with mmap.mmap(file.fileno(), 4096) as mapped:
            mapped[0] = 7
            mapped.flush()
            mapped.resize(8192)
            return mapped[0], len(mapped)


def signals():
    heard = []
    before = signal.signal(signal.SIGALRM, lambda number, frame: heard.append(number))
    signal.setitimer(signal.ITIMER_REAL, 0.005)
    signal.pause()
    signal.raise_signal(signal.SIGALRM)
    os.kill(os.getpid(), signal.SIGALRM)
    signal.pthread_kill(threading.get_ident(), signal.SIGALRM)
    signal.signal(signal.SIGALRM, before)
    return [int(number) for number in heard], signal.alarm(0)


def waiting_for_pipes():
    reader, writer = os.pipe()
    os.write(writer, b"x")
    ready = select.select([reader], [], [], 10)[0] == [reader]
    poll = select.poll()
    poll.register(reader, select.POLLIN)
    polled = poll.poll(1000) != []
    with selectors.DefaultSelector() as selector:
        selector.register(reader, selectors.EVENT_READ)
        selected = len(selector.select(10))
    os.close(reader)
    os.close(writer)
    return ready, polled, selected


def pairs_of_sockets():
    one, other = socket.socketpair()
    with one, other:
        one.sendall(b"text")
        one.shutdown(socket.SHUT_WR)
        return other.recv(10), other.recv(10)


def foreign_functions():
    library = ctypes.CDLL(None)
    callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_int))
    values = (ctypes.c_int * 3)(3, 1, 2)
    library.qsort(values, 3, 4, callback(lambda a, b: a[0] - b[0]))
    return [*values]


def looking_at_code():
    tree = ast.parse("def f(x):\n    return x + 1\n")
    space = {}
    exec(compile(tree, "<here>", "exec"), space)
    return space["f"](1), str(inspect.signature(space["f"])), ast.unparse(tree)


def tests_of_ones_own():
    class Case(unittest.TestCase):
        def test_one(self):
            assert len([self]) == 1

    suite = unittest.defaultTestLoader.loadTestsFromTestCase(Case)
    ran = unittest.TextTestRunner(io.StringIO()).run(suite)
    tried = doctest.DocTestParser().get_doctest(">>> 1 + 1\n2\n", {}, "a", None, 0)
    return ran.testsRun, doctest.DocTestRunner(verbose=False).run(tried).attempted


def measuring_oneself():
    profile = cProfile.Profile()
    profile.runcall(sum, range(10))
    tracemalloc.start()
    kept = [bytes(1000)]
    size = tracemalloc.get_traced_memory()[0] > 0
    tracemalloc.stop()
    usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0
    return size, usage, gc.collect() >= 0, len(kept), os.cpu_count() > 0, len(os.sched_getaffinity(0)) > 0


def the_system():
    return sys.platform, platform.system(), platform.machine(), os.name, os.getcwd() == os.path.abspath(".")


def warnings_and_exceptions():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warnings.warn("careful", stacklevel=1)
    seen = []
    try:
        raise ExceptionGroup("several", [ValueError(1)])
    except* ValueError as group:
        seen += group.exceptions
    return len(caught), len(seen)


def collections_of_many_sorts():
    counted = collections.Counter("abca").most_common(1)
    return counted, collections.OrderedDict(a=1), collections.deque([1, 2], 1), collections.ChainMap({"a": 1})["a"]


def contexts_of_tls():
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).verify_mode == ssl.CERT_REQUIRED, ssl.RAND_bytes(4) != b""


def arrays_in_files():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.npy")
        np.save(path, np.arange(6.0))
        mapped = np.load(path, mmap_mode="r+")
        mapped[0] = 7
        mapped.flush()
        np.savez(path + "z", a=np.ones(2))
        np.savetxt(path + ".txt", np.eye(2))
        both = np.load(path + "z.npz")["a"].tolist(), np.loadtxt(path + ".txt").tolist()
        return np.load(path).tolist(), both


def arrays_at_work():
    generator = np.random.default_rng(0)
    matrix = generator.normal(size=(40, 40))
    inverse = np.linalg.inv(matrix @ matrix.T + np.eye(40))
    error = np.abs(inverse @ (matrix @ matrix.T + np.eye(40)) - np.eye(40)).max()
    large = np.zeros(4_000_000)
    return bool(error < 1e-8), np.fft.fft([1, 0, 0, 0]).real.tolist(), large.sum(), np.einsum("ii", np.eye(3))


def a_shelf_in_a_file():
    # It sets the mode of its files, which no worker may: without a user of its own it could set that of others.
    with tempfile.TemporaryDirectory() as folder, dbm.dumb.open(os.path.join(folder, "shelf"), "c") as shelf:
        shelf["key"] = "value"


def a_program():
    subprocess.run(["true"], check=True)


def a_shell():
    os.system("true") and os.fork()


def a_process():
    process = multiprocessing.get_context("fork").Process(target=print)
    process.start()


def a_pool_of_processes():
    with concurrent.futures.ProcessPoolExecutor(1) as pool:
        pool.submit(abs, 1).result()


def a_socket():
    socket.create_server(("127.0.0.1", 0))


def a_download():
    urllib.request.urlopen("http://127.0.0.1:1/", timeout=1)


def a_pair_of_datagram_sockets():
    socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)


USES = (
    threads_with_locks_and_events, condition_semaphore_barrier_timer_local, pool_of_threads, queues, coroutines,
    coroutines_by_hand, temporary_files, temporary_folders, copies_and_moves, descriptors, database_in_memory,
    database_in_a_file, formats, pickles, archives, numbers, secrets_and_digests, dates, clocks, words,
    identities, logs, memory_maps, signals, waiting_for_pipes, pairs_of_sockets, foreign_functions, looking_at_code,
    tests_of_ones_own, measuring_oneself, the_system, warnings_and_exceptions, collections_of_many_sorts,
    contexts_of_tls, arrays_in_files, arrays_at_work,
)  # fmt: skip
REFUSED = (
    a_shelf_in_a_file, a_program, a_shell, a_process, a_pool_of_processes, a_socket, a_download,
    a_pair_of_datagram_sockets,
)  # fmt: skip


def told(function):
    """Return what a function gives, or how it ends."""
    try:
        return repr(function())
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def works():
    """Return what each use gives."""
    return {function.__name__: told(function) for function in USES}


def refused():
    """Return how each use of what there is not ends."""
    return {function.__name__: told(function) for function in REFUSED}


if __name__ == "__main__":
    json.dump(works(), sys.stdout)
