"""What a worker gives up before any student code runs: files, system calls, memory, its identity.

Each line is a part of the confinement; tests/engine/jail_attacks.py tries to get past them. The order, numbered in
docs/security.md: room, cgroup, scratch, rules prepared, fork, descriptors, limits, uid, capabilities, PDEATHSIG, not
dumpable, no_new_privs, Landlock, seccomp, READY.
"""
