"""Jobs done by a class of the program that answers each line it reads with a line of JSON."""
import json
import subprocess
import threading
from pathlib import Path

from survival_home import java


def known(results):
    """The answers kept in a file, by their jobs."""
    if not results or not Path(results).exists():
        return {}
    return {answer["job"]: answer for answer in map(json.loads, Path(results).read_text().splitlines())}


def answers(main, arguments, jobs, results=None):
    """The answer to every job as it comes, those kept in the file `results` first; new ones are added to it."""
    done = known(results)
    for job in jobs:
        if job in done:
            yield done[job]
    wanted = [job for job in dict.fromkeys(jobs) if job not in done]
    if not wanted:
        return
    with subprocess.Popen(java(main, *arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        def ask():
            process.stdin.write("".join(job + "\n" for job in wanted))
            process.stdin.close()
        threading.Thread(target=ask).start()
        for line in process.stdout:
            if line.startswith("{"):
                if results:
                    with open(results, "a") as file:
                        file.write(line)
                yield json.loads(line)
    if process.returncode:
        raise SystemExit(process.returncode)
