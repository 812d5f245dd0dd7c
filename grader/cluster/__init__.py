"""A class graded on several machines: the course and hand-ins go out as data, results come home.

dask.distributed carries them. Here the run decides who grades what (`pool`); on the machines of the cluster dask's
workers (`at_worker`) keep processes that grade, each with a job as `grader.cohort.jobs` has them (`station`).
"""
