#!/usr/bin/env python3
"""The server and a batch against what a registry has: requests of PyPI's schemathesis, made of the API's own description;
S3's protocol (PyPI's moto); Spark's local cluster (PyPI's pyspark, which needs a Java) with two workers, of which one is
killed in the middle.

    python3 -m venv venv && venv/bin/pip install pyspark 'moto[server]' boto3 schemathesis
    venv/bin/python tests/serve/services.py target/release/friendboard [--lines 100000] [--seconds 300] [--only api|s3|spark]
"""

import argparse
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def requests(count):
    for index in range(count):
        if index % 100 == 57:
            yield json.dumps({"id": index, "board": "surpass", "widht": 1})
        else:
            friends = [{"openid": "a", "nickname": f"A{index}", "score": index}, {"openid": "b", "nickname": "B", "score": 1}]
            yield json.dumps({"id": index, "board": "surpass", "width": 120, "height": 40, "selfOpenid": "b", "data": friends})


def check(results, count, drawn):
    """Each line once: the good ones with a picture, the bad ones named. Gives the paths."""
    ids = [result["id"] for result in results]
    assert sorted(ids) == list(range(count)), f"{len(ids)} results, {len(set(ids))} different, of {count}"
    for result in results:
        if result["id"] % 100 == 57:
            assert "did you mean `width`?" in result["error"], result
        else:
            assert result.get("path") and (drawn is None or result["drawn"] == drawn), result
    return {result["id"]: result["path"] for result in results if "path" in result}


def batch(program, arguments, text, environment=None):
    done = subprocess.run([program, "batch", *arguments], input=text, capture_output=True, text=True, env=environment)
    assert done.returncode == 3, (done.returncode, done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def s3(program, lines):
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1"}
    os.environ.update(keys)
    client = boto3.client("s3", endpoint_url=endpoint)
    client.create_bucket(Bucket="cards")
    environment = {**os.environ, "AWS_ENDPOINT": endpoint, "AWS_ALLOW_HTTP": "true"}
    text = "".join(line + "\n" for line in requests(lines))
    with tempfile.TemporaryDirectory() as folder:
        paths = check(batch(program, ["--out", "s3://cards/week/47"], text, environment), lines, True)
        files = check(batch(program, ["--out", folder], text), lines, True)
        for index in sorted(paths)[:: max(1, lines // 200)]:
            stored = client.get_object(Bucket="cards", Key=paths[index])["Body"].read()
            assert stored == pathlib.Path(files[index]).read_bytes(), paths[index]
    pages = client.get_paginator("list_objects_v2").paginate(Bucket="cards", Prefix="week/47/")
    keys = {item["Key"] for page in pages for item in page["Contents"]}
    assert keys == set(paths.values()), f"{len(keys)} objects, {len(paths)} pictures"
    check(batch(program, ["--out", "s3://cards/week/47"], text, environment), lines, False)
    server.stop()
    print(f"s3: {len(keys)} pictures, each once; the same lines again drew nothing")


def api(program, seconds):
    """No answer of the 5xx kind but 503 and 504, and each answer by its schema: status, kind, headers and body."""
    token = "sixteen-bytes-or-more"
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "key").write_bytes(b"k" * 32)
        (folder / "token").write_text(token)
        command = [program, "serve", "--listen", "127.0.0.1:0", "--rate", "0", "--key", f"a={folder}/key", "--token", f"{folder}/token"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            url = server.stdout.readline().split()[-1].rstrip("/")
            checks = "status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance,allowed_5xx"
            # What it calls a server's error is every 5xx: 503 and 504 are answers of this API.
            (folder / "checks.py").write_text(
                "import schemathesis\n\n\n@schemathesis.check\ndef allowed_5xx(ctx, response, case):\n"
                "    assert response.status_code < 500 or response.status_code in (503, 504), response.status_code\n"
            )
            tried = 0
            end = time.time() + seconds
            while time.time() < end:
                left = str(max(10, int(end - time.time())))
                run = [f"{os.path.dirname(sys.executable)}/schemathesis", "run", f"{url}/v1/openapi.json", "--header", f"Authorization: Bearer {token}"]
                run += ["--checks", checks, "--max-time", left, "--max-examples", "400", "--continue-on-failure", "--no-color"]
                environment = {**os.environ, "SCHEMATHESIS_HOOKS": "checks", "PYTHONPATH": str(folder)}
                done = subprocess.run(run, capture_output=True, text=True, env=environment, cwd=folder)
                assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
                tried += int(re.search(r"(\d+) generated", done.stdout).group(1))
                assert server.poll() is None, "the server ended"
        finally:
            server.terminate()
            assert server.wait() == 0
    print(f"api: {tried} requests, each answered by its schema, none with a 5xx but 503 and 504")


def children(parent):
    for line in subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True).stdout.splitlines():
        pid, ppid, arguments = line.split(None, 2)
        if int(ppid) == parent:
            yield int(pid), arguments
            yield from children(int(pid))


def spark(program, lines):
    import pyspark

    home = os.path.dirname(pyspark.__file__)
    environment = {**os.environ, "SPARK_HOME": home, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "requests.ndjson").write_text("".join(line + "\n" for line in requests(lines)))

        def run(results, kill):
            command = [f"{home}/bin/spark-submit", "--master", "local-cluster[2,1,1024]", "--conf", "spark.ui.enabled=false"]
            command += [str(ROOT / "assets/deploy/spark.py"), f"file://{folder}/requests.ndjson", str(folder / "cards"), f"file://{folder}/{results}"]
            command += ["--friendboard", str(program), "--partitions", "16"]
            with open(folder / f"{results}.log", "w") as log:
                job = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
                if kill:
                    while len(list((folder / "cards").glob("*.png"))) < lines // 3:
                        assert job.poll() is None, (folder / f"{results}.log").read_text()[-3000:]
                        time.sleep(0.05)
                    executors = [pid for pid, arguments in children(job.pid) if "CoarseGrainedExecutorBackend" in arguments]
                    assert len(executors) == 2, executors
                    os.kill(executors[0], signal.SIGKILL)
                assert job.wait() == 0, (folder / f"{results}.log").read_text()[-3000:]
            parts = sorted((folder / results).glob("part-*"))
            return [json.loads(line) for part in parts for line in part.read_text().splitlines()]

        paths = check(run("first", True), lines, None)
        cards = {str(path) for path in (folder / "cards").iterdir() if not path.name.startswith(".")}
        assert cards == set(paths.values()), f"{len(cards)} files, {len(paths)} pictures"
        single = folder / "single"
        sample = [line for line in requests(lines)][:: max(1, lines // 200)]
        expected = batch_any(program, ["--out", str(single)], "".join(line + "\n" for line in sample))
        for result in expected:
            if "path" in result:
                assert pathlib.Path(result["path"]).read_bytes() == pathlib.Path(paths[result["id"]]).read_bytes(), result
        before = {path: os.stat(path).st_mtime_ns for path in cards}
        check(run("again", False), lines, False)
        assert before == {path: os.stat(path).st_mtime_ns for path in cards}, "drawn again"
    print(f"spark: {len(paths)} pictures, each once, with one of two workers killed; the same lines again drew nothing")


def batch_any(program, arguments, text):
    done = subprocess.run([program, "batch", *arguments], input=text, capture_output=True, text=True)
    assert done.returncode in (0, 3), done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=lambda path: pathlib.Path(path).resolve())
    parser.add_argument("--lines", type=int, default=2_000)
    parser.add_argument("--seconds", type=int, default=300, help="how long the API is tried")
    parser.add_argument("--only", choices=["api", "s3", "spark"])
    arguments = parser.parse_args()
    for name, run, size in [("api", api, arguments.seconds), ("s3", s3, arguments.lines), ("spark", spark, arguments.lines)]:
        if arguments.only in (None, name):
            start = time.time()
            run(arguments.program, size)
            print(f"{name}: {time.time() - start:.0f} s")


if __name__ == "__main__":
    main()
