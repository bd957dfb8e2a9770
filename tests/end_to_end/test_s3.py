"""A lake on S3 is the lake in a folder, and what is wrong there is said clearly."""

import subprocess
import threading
import time

import pytest
from harness import BINARY, SCENARIOS, Feed, Lake, retailsim
from one_store import ONE_STORE
from pyarrow import fs
from s3_server import S3Server

TINY = SCENARIOS / "tiny.toml"
LAKE_COMMANDS = ("run", "extract", "validate", "transform", "report", "score", "redshift")


@pytest.fixture(scope="session")
def tiny_on_s3(s3, tiny) -> str:
    """bucket/prefix of a lake that one run filled."""
    place = f"{s3.bucket()}/lakes/tiny"
    uri = f"s3://{place}"
    retailsim("run", TINY, "--data", tiny.feed.folder, "--lake", uri, "--quiet", env=s3.env)
    return place


def test_a_lake_on_s3_has_the_bytes_of_a_lake_in_a_folder(s3, tiny_on_s3, tiny):
    assert s3.objects(tiny_on_s3) == tiny.lake.objects()


def test_each_object_is_one_upload_and_none_stands_for_a_folder(s3, tiny_on_s3):
    bucket, prefix = tiny_on_s3.split("/", 1)
    requests = s3.requests()
    puts = [key for operation, key in requests if operation == "s3_PutObject"]
    ours = [key for key in puts if key.startswith(f"{prefix}/raw/")]
    assert len(ours) == len(set(ours)) == len(s3.keys(f"{bucket}/{prefix}/raw"))
    assert not [key for key in puts if key.endswith("/")]
    assert "s3_CreateMultipartUpload" not in {operation for operation, _ in requests}


def test_a_second_run_on_s3_does_nothing(s3, tiny_on_s3, tiny):
    before = len(s3.requests())
    uri = f"s3://{tiny_on_s3}"
    answer = retailsim("run", TINY, "--data", tiny.feed.folder, "--lake", uri, env=s3.env)
    assert "nothing to do" in answer.stdout
    puts = [key for operation, key in s3.requests()[before:] if operation == "s3_PutObject"]
    assert len(puts) == 4  # the run record
    assert all("/_runs/" in key for key in puts)
    # Nor is the lake read: neither every footer, nor every folder.
    assert len(s3.requests()) - before < 50


def test_the_report_of_a_lake_on_s3_is_that_of_the_folder(s3, tiny_on_s3, tiny):
    on_s3 = retailsim("report", "--lake", f"s3://{tiny_on_s3}/", env=s3.env)
    assert on_s3.stdout == retailsim("report", "--lake", tiny.lake.folder).stdout


def test_each_step_works_on_s3_and_a_lake_may_be_a_whole_bucket(s3, tiny):
    bucket = s3.bucket()
    lake = ("--lake", f"s3://{bucket}")
    retailsim("extract", "--data", tiny.feed.folder, *lake, env=s3.env)
    retailsim("validate", *lake, env=s3.env)
    retailsim("transform", *lake, env=s3.env)
    assert s3.objects(bucket) == tiny.lake.objects()


def test_rows_of_another_feed_are_replaced_when_asked_for(s3, tmp_path):
    place = f"{s3.bucket()}/lake"
    options = ("--data", tmp_path / "feed", "--quiet")
    dates = ("--from", "2024-01-08", "--to", "2024-01-14")
    retailsim("run", TINY, *options, "--lake", f"s3://{place}", *dates, env=s3.env)
    dates = ("--from", "2024-01-15", "--to", "2024-01-21")
    other = ("run", TINY, "--seed", "8", *options, *dates)
    on_s3 = (*other, "--lake", f"s3://{place}")
    assert "--overwrite" in retailsim(*on_s3, env=s3.env, expect=2).stderr
    retailsim(*on_s3, "--overwrite", env=s3.env)
    retailsim(*other, "--lake", tmp_path / "lake")
    assert s3.objects(place) == Lake(tmp_path / "lake").objects()


def test_settings_may_stand_in_a_file_beside_the_work(s3, tiny_on_s3, tmp_path):
    lines = [f"export {name}='{value}'  # ours" for name, value in s3.env.items()]
    (tmp_path / ".env").write_text("# the lake\n" + "\n".join(lines) + "\n")
    done = report_from(tmp_path, tiny_on_s3)
    assert done.returncode == 0, done.stderr
    (tmp_path / ".env").write_text(f"AWS_ACCESS_KEY_ID=x\n{s3.secret_key}\n")
    done = report_from(tmp_path, tiny_on_s3)
    assert done.returncode == 2
    assert ".env:2" in done.stderr
    assert s3.secret_key not in done.stderr + done.stdout


def test_keys_may_be_those_of_a_profile_and_their_absence_is_said(s3, tiny_on_s3, tmp_path):
    env = {
        "HOME": str(tmp_path),
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL": s3.url,
    }
    done = report_from(tmp_path, tiny_on_s3, env)
    assert done.returncode == 4
    assert "there are no keys" in done.stderr
    assert "AWS_ACCESS_KEY_ID" in done.stderr
    (tmp_path / ".aws").mkdir()
    profile = tmp_path / ".aws" / "credentials"
    keys = f"aws_access_key_id={s3.access_key}\naws_secret_access_key="
    profile.write_text(f"[default]\n{keys}{s3.secret_key}\n")
    assert report_from(tmp_path, tiny_on_s3, env).returncode == 0
    profile.write_text(f"[default]\n{keys}{'b' * 40}\n")
    done = report_from(tmp_path, tiny_on_s3, env)
    assert done.returncode == 4
    assert "the secret key does not belong" in done.stderr
    assert "b" * 40 not in done.stderr


def report_from(folder, place, env=None):
    return subprocess.run(
        [BINARY, "report", "--lake", f"s3://{place}"],
        cwd=folder,
        env=env or {},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_lake_on_s3_scores_as_a_lake_in_a_folder(s3, tiny_on_s3, tiny):
    there = retailsim("score", "--lake", f"s3://{tiny_on_s3}", "--json", env=s3.env)
    assert there.stdout == retailsim("score", "--lake", tiny.lake.folder, "--json").stdout


@pytest.mark.parametrize("command", LAKE_COMMANDS)
def test_help_names_the_places_where_a_lake_may_lie(command):
    text = retailsim(command, "--help").stdout
    assert "s3://" in text
    assert "file:///" in text


# What is wrong, the exit code, and what the answer must name; {…} is filled in by the test.
WRONG = {
    "no such bucket": ("s3://no-such-bucket/lake", {}, 4, "s3://no-such-bucket/lake", "bucket"),
    "wrong secret": ("{lake}", {"AWS_SECRET_ACCESS_KEY": "a" * 40}, 4, "secret", "AWS_SECRET"),
    "unknown key": ("{lake}", {"AWS_ACCESS_KEY_ID": "AKIAUNKNOWN"}, 4, "unknown", "AWS_ACCESS_KEY"),
    "half a pair": ("{lake}", {"AWS_ACCESS_KEY_ID": ""}, 2, "AWS_ACCESS_KEY_ID", "both"),
    "false token": ("{lake}", {"AWS_SESSION_TOKEN": "stale"}, 4, "token", "AWS_SESSION_TOKEN"),
    "no server": ("{lake}", {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, 4, "127.0.0.1:1", "run"),
    "no address": ("{lake}", {"AWS_ENDPOINT_URL": "127.0.0.1"}, 2, "AWS_ENDPOINT_URL", "http://"),
    "no bucket's name": ("s3://Lake/a", {}, 2, "Lake", "s3://bucket/"),
    "no folder's name": ("s3://lake/a//b", {}, 2, "a//b", "s3://bucket/"),
    "keys in the address": ("s3://me:{secret}@lake/a", {}, 2, "keys", "AWS_ACCESS_KEY_ID"),
    "another scheme": ("gs://lake/a", {}, 2, "gs://lake/a", "--lake"),
    "nothing there": ("{lake}/nothing", {}, 2, "{lake}/nothing", "retailsim run"),
    "other things there": ("s3://{bucket}", {}, 2, "lakes", "empty folder"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_a_lake_is_said_and_no_secret_with_it(name, s3, tiny_on_s3):
    uri, changes, code, says, hint = WRONG[name]
    places = {
        "lake": f"s3://{tiny_on_s3}",
        "bucket": tiny_on_s3.split("/")[0],
        "secret": s3.secret_key,
    }
    uri = uri.format(**places)
    env = {**s3.env, **changes}
    for command in ("report", "transform"):
        answer = retailsim(command, "--lake", uri, env=env, expect=code)
        first, second = answer.stderr.splitlines()[:2]
        assert says.format(**places) in first
        assert second.startswith("hint: ")
        assert hint in second
        assert answer.stdout == ""
        for secret in (s3.secret_key, env["AWS_SECRET_ACCESS_KEY"]):
            assert secret not in answer.stderr


def test_a_missing_bucket_is_not_created(s3, tiny):
    lake = ("--lake", "s3://never-made/lake")
    answer = retailsim("extract", "--data", tiny.feed.folder, *lake, env=s3.env, expect=4)
    assert "no such bucket" in answer.stderr
    assert "never-made" not in {each.path for each in s3.files().get_file_info(fs.FileSelector(""))}


def test_keys_without_rights_are_told_which_rights_they_need(s3, tiny_on_s3):
    user, secret = s3.add_user()
    env = {**s3.env, "AWS_ACCESS_KEY_ID": user, "AWS_SECRET_ACCESS_KEY": secret}
    answer = retailsim("report", "--lake", f"s3://{tiny_on_s3}", env=env, expect=4)
    assert "access is denied" in answer.stderr
    assert "s3:PutObject" in answer.stderr
    assert secret not in answer.stderr


def test_a_server_that_is_away_for_a_moment_is_waited_for(tiny, tmp_path):
    server = S3Server(tmp_path / "server")
    server.start()
    place = f"{server.bucket()}/lake"
    answers = []

    def extract_all():
        lake = ("--lake", f"s3://{place}", "--quiet")
        answers.append(retailsim("extract", "--data", tiny.feed.folder, *lake, env=server.env))

    run = threading.Thread(target=extract_all)
    try:
        run.start()
        stored = server.folder / "data" / place / "raw"
        while run.is_alive() and len(list(stored.rglob("*.parquet"))) < 20:
            time.sleep(0.01)
        server.stop()
        time.sleep(1)
        assert run.is_alive()
        server.start()
        run.join(timeout=60)
        assert [answer.code for answer in answers] == [0]
        raw = {name: digest for name, digest in tiny.lake.objects().items() if "raw/" in name}
        found = {f"raw/{name}": digest for name, digest in server.objects(f"{place}/raw").items()}
        assert found == {name: digest for name, digest in raw.items() if name.startswith("raw/")}
    finally:
        server.stop()
        run.join(timeout=60)


def test_a_server_with_a_certificate_is_trusted_when_it_is_named(tmp_path):
    certificate = tmp_path / "server.pem"
    key = certificate.with_suffix(".key")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command += ["-keyout", key, "-out", certificate]
    subprocess.run(command, check=True, capture_output=True)
    server = S3Server(tmp_path / "server", certificate)
    server.start()
    try:
        (server.folder / "data" / "shop").mkdir()
        ask = ("report", "--lake", "s3://shop/lake")
        answer = retailsim(*ask, env=server.env, expect=4)
        assert "certificate" in answer.stderr
        assert "AWS_CA_BUNDLE" in answer.stderr
        trusting = {**server.env, "AWS_CA_BUNDLE": str(certificate)}
        assert "there is no lake" in retailsim(*ask, env=trusting, expect=2).stderr
    finally:
        server.stop()


def one_by_one(days):
    return [(day, day) for day in days]


ORDERS = {
    "day by day": one_by_one,
    "the last 30 in reverse": lambda days: [(days[0], days[-31]), *one_by_one(days[:-31:-1])],
}


@pytest.mark.long
@pytest.mark.parametrize("order", ORDERS)
def test_90_days_on_s3_end_in_the_bytes_of_one_run_in_a_folder(order, s3, tmp_path):
    scenario = tmp_path / "one_store.toml"
    scenario.write_text(ONE_STORE.format(to="2024-03-30"))  # rows come late, and worse
    options = (scenario, "--max-rejected", "1", "--quiet")
    retailsim("run", *options, "--data", tmp_path / "whole", "--lake", tmp_path / "lake")
    days = Feed(tmp_path / "whole").days("visit")
    assert len(days) == 90
    place = f"{s3.bucket()}/lake"
    for first, last in ORDERS[order](days):
        places = ("--data", tmp_path / "parts", "--lake", f"s3://{place}")
        retailsim("run", *options, *places, "--from", first, "--to", last, env=s3.env)
    assert s3.objects(place) == Lake(tmp_path / "lake").objects()
