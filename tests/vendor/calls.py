"""The vendor's SDK talks to `bindery mock`: its signatures verify, its requests are in order, it decodes our answers.

And it finds its way in our errors: each is the exception that the SDK has for it, with code, status and RequestId.
"""

import contextlib
import json
import random
import re
import subprocess
import typing
from unittest.mock import patch

from alibabacloud_tea_openapi.exceptions import ClientException, ServerException, ThrottlingException
from alibabacloud_tea_openapi.utils import Utils
from darabonba.exceptions import UnretryableException
from darabonba.policy.retry import RetryOptions

from generator import Generator
from sdk import (
    ACTIONS,
    DIFFERENCES,
    PROGRAMS,
    SPECS,
    call,
    call_async,
    client,
    kinds,
    nested,
    request_model,
    snake,
    spec,
)

KEY = ("LTAI-judge", "a secret/+==")
TOKEN = "a token/+=="
ALGORITHMS = (None, "ACS3-HMAC-SM3", "v2")
# Random requests an action, signature and kind of client.
EACH = 4

REQUEST_ID = re.compile("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")


@contextlib.contextmanager
def mock(*arguments):
    """The mock on a free port, as long as the block runs: `host:port`."""
    command = [PROGRAMS / "bindery", "mock", "--specs", SPECS, "--access-key-id", KEY[0], "--access-key-secret", KEY[1]]
    process = subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, encoding="utf-8")
    try:
        yield re.search(r"http://(\S+:\d+)", process.stdout.readline())[1]
    finally:
        process.terminate()
        process.wait(10)


def shown(parameter, kind):
    """A value that a parameter is shown with, or any that the SDK's field takes."""
    if typing.get_origin(kind) is list:
        (item,) = typing.get_args(kind)
        return [{}] if hasattr(item, "to_map") else ["a"]
    of_type = {"integer": 1, "number": 1, "boolean": True, "array": ["a"], "object": {}}
    values = [parameter.get("example"), parameter.get("default"), *parameter.get("values", {})]
    text = "a" * parameter.get("minLength", 1)
    return next((value for value in values if value is not None), of_type.get(parameter["type"], text))


def sample_request(action, more=()):
    """The request of the spec's sample, as the SDK's model; without a sample, what is required. And `more`."""
    parameters, kind = spec(action)["parameters"], kinds(request_model(action))
    required = [name for name, parameter in parameters.items() if parameter.get("required")]
    sample = spec(action).get("samples", {}).get("request")
    wanted = [*([] if sample else required), *more]
    sample = {**(sample or {}), **{name: shown(parameters[name], kind.get(name)) for name in wanted}}
    plain = {
        name: json.dumps(value) if kind.get(name, str) is str and isinstance(value, list | dict) else value
        for name, value in sample.items()
    }
    return request_model(action)().from_map(nested(plain))


def completed(sdk, action):
    """A request that the mock takes: whoever does what its refusals say gets there."""
    more = []
    while True:
        error = refusal(sdk, action, sample_request(action, more))
        message = getattr(error, "message", "")
        named = re.findall("`([^`]+)`", message)
        if not re.search("is missing|must be given", message) or named[0] in more:
            return more
        more.append(named[0])


def rich_requests():
    """Requests that are in order and use what the samples do not: objects, a list, non-ASCII text."""
    objects = [{"DBName": "库", "TableIncludes": [{"TableName": "o'r d*e(r)s~!"}]}]
    source = {
        "InstanceType": "ECS",
        "InstanceId": "i-1",
        "IP": "10.0.0.1",
        "Port": "3306",
        "UserName": "u",
        "Password": "p&=+ %/密",
    }
    target = {"InstanceType": "MaxCompute", "InstanceId": "project"}
    job = {"SynchronizationJobId": "dtsz4ao1dor13d0001", "SynchronizationJobName": "MySQL 同步"}
    what = {"DataInitialization": True, "StructureInitialization": False, "SynchronizationObjects": json.dumps(objects)}
    ends = {"SourceEndpoint": source, "DestinationEndpoint": target}
    key = {"PartitionKey": {"ModifyTime_Year": True, "ModifyTime_Month": False}}
    yield "ConfigureSynchronizationJob", {**job, **what, **ends, **key}
    tags = [{"Key": "a b", "Value": ""}, {"Key": "键", "Value": "值"}]
    yield "DescribeSynchronizationJobs", {"PageNum": 2, "PageSize": 30, "Tag": tags, "SynchronizationJobName": "*"}


def differences(sample, decoded, place=""):
    """Where a decoded answer is not the sample. The SDK drops what it does not know, and adds empty lists."""
    if isinstance(sample, dict) and isinstance(decoded, dict):
        for name in sample.keys() | {name for name, value in decoded.items() if value != []}:
            inner = f"{place}.{name}".strip(".")
            if name not in decoded:
                yield f"{inner}: dropped"
            else:
                yield from differences(sample.get(name), decoded[name], inner)
    elif isinstance(sample, list) and isinstance(decoded, list) and len(sample) == len(decoded):
        for one, other in zip(sample, decoded, strict=True):
            yield from differences(one, other, place)
    elif sample != decoded:
        yield f"{place}: {sample!r} was decoded as {decoded!r}"


def success(sample):
    """A sample without what only a failure has."""
    failure = {name for name in ("HttpStatusCode", "Code") if re.fullmatch("[45]..", str(sample.get(name)))}
    if any(sample.get(name) for name in ("ErrCode", "DynamicCode")):
        failure |= {"ErrCode", "DynamicCode", "ErrMessage", "DynamicMessage"}
    return {name: value for name, value in sample.items() if name not in failure}


def answers(tally, address, token):
    """Each action, each signature, both kinds of client: the answer is the spec's sample."""
    for algorithm in ALGORITHMS:
        sdk = client(address, KEY, token, algorithm)
        for action in ACTIONS:
            sample = success(spec(action).get("samples", {}).get("json", {}))
            request = sample_request(action, completed(sdk, action))
            for asked in (call, call_async):
                answer = refusal(sdk, action, request, asked)
                if not hasattr(answer, "body"):
                    tally.check(f"{action}, {algorithm}, token {token}", [answer])
                    continue
                body = answer.body.to_map()
                expected = {**(sample or body), "RequestId": body["RequestId"]}
                problems = list(differences(expected, body))
                problems += [] if answer.status_code == 200 else [answer.status_code]
                problems += [] if REQUEST_ID.fullmatch(body["RequestId"]) else [body["RequestId"]]
                problems += [] if body.get("Success") in (None, True, "true") and not body.get("ErrCode") else [body]
                tally.check(f"{action}, {algorithm}, token {token}", problems)
        for action, request in rich_requests():
            answer = refusal(sdk, action, request_model(action)().from_map(request))
            fine = getattr(answer, "status_code", 0) == 200
            tally.check(f"{action} with all kinds of values, {algorithm}", [] if fine else [answer])


def refusal(sdk, action, request, asked=call):
    """The exception that a call ends with, or else its answer."""
    try:
        return asked(sdk, action, request)
    except Exception as error:
        return error


def refused(tally, what, error, kind, status, code):
    """Whether a call ended as it should."""
    seen = (type(error), getattr(error, "status_code", None), getattr(error, "code", None))
    problems = [] if seen == (kind, status, code) else [f"{seen}: {error}"]
    if not problems and not (REQUEST_ID.fullmatch(error.request_id) and error.request_id in error.message):
        problems.append(f"RequestId {error.request_id}: {error.message}")
    if not problems and error.data["Code"] != code:
        problems.append(error.data)
    tally.check(what, problems)


def replays(tally, address):
    """A nonce is used once, and a date is of today."""
    start = "StartSynchronizationJob"
    for algorithm in ALGORITHMS:
        sdk = client(address, KEY, None, algorithm)
        with patch.object(Utils, "get_nonce", return_value=f"nonce-of-{algorithm}"):
            call(sdk, start, sample_request(start))
            error = refusal(sdk, start, sample_request(start))
        refused(tally, f"a nonce again, {algorithm}", error, ClientException, 400, "SignatureNonceUsed")
        with patch.object(Utils, "get_timestamp", return_value="2020-01-01T00:00:00Z"):
            error = refusal(sdk, start, sample_request(start))
        refused(tally, f"an old date, {algorithm}", error, ClientException, 400, "InvalidTimeStamp.Expired")


def refusals(tally, address):
    """What is wrong with the signature, or with the request, is told as the SDK expects it."""
    start = "StartSynchronizationJob"
    for algorithm in ALGORITHMS:
        for what, key, token, status, code in (
            ("a wrong secret", (KEY[0], "another"), None, 400, "SignatureDoesNotMatch"),
            ("an unknown key", ("another", KEY[1]), None, 404, "InvalidAccessKeyId.NotFound"),
            ("a token too many", KEY, TOKEN, 400, "InvalidSecurityToken.MismatchWithAccessKey"),
        ):
            sdk = client(address, key, token, algorithm)
            error = refusal(sdk, start, sample_request(start))
            refused(tally, f"{what}, {algorithm}", error, ClientException, status, code)
        sdk = client(address, KEY, None, algorithm)
        for action in ACTIONS:
            # Nothing is required of the list of jobs.
            if any(facts.get("required") for facts in spec(action)["parameters"].values()):
                error = refusal(sdk, action, request_model(action)())
                refused(tally, f"{action} without anything", error, ClientException, 400, "MissingParameter")
        for action, name, value in (
            ("DescribeSynchronizationJobs", "PageNum", 0),
            ("DescribeSynchronizationJobs", "PageSize", 101),
            ("DescribeSynchronizationJobs", "PageSize", "many"),
            ("DescribeSynchronizationJobStatus", "ClientToken", "é"),
            ("ConfigureSynchronizationJob", "SynchronizationObjects", "[{"),
            ("ConfigureSynchronizationJob", "DataInitialization", "perhaps"),
        ):
            request = sample_request(action)
            setattr(request, snake(name), value)
            error = refusal(sdk, action, request)
            refused(tally, f"{name}={value}", error, ClientException, 400, "InvalidParameter")


def tokens(tally, address):
    """A temporary key needs its token."""
    start = "StartSynchronizationJob"
    for algorithm in ALGORITHMS:
        for token, code in ((None, "MissingSecurityToken"), ("other", "InvalidSecurityToken.MismatchWithAccessKey")):
            error = refusal(client(address, KEY, token, algorithm), start, sample_request(start))
            refused(tally, f"token {token}, {algorithm}", error, ClientException, 400, code)


def signatures(tally, address):
    """Whatever a request holds, its signature verifies: the mock looks at parameters only then."""
    generator = Generator(random.Random(20200101))
    for algorithm in (None, "v2"):
        sdk = client(address, KEY, None, algorithm)
        clashing = DIFFERENCES["refused-under-rpc1"]["actions"] if algorithm == "v2" else ()
        for action in (action for action in ACTIONS if action not in clashing):
            for _ in range(EACH):
                request = generator.request(request_model(action))
                for asked in (call, call_async):
                    error = refusal(sdk, action, request, asked)
                    code = getattr(error, "code", "none")
                    fine = code in ("MissingParameter", "InvalidParameter") or getattr(error, "status_code", 0) == 200
                    tally.check(f"{asked.__name__} {action} {request.to_map()}", [] if fine else [f"{code}: {error}"])


def throttled(tally):
    """A throttled call says how long to wait, and the SDK's own retries get through, which sign two headers more."""
    create = "CreateSynchronizationJob"
    for algorithm in (None, "v2"):
        with mock("--scenario", "throttling") as address:
            sdk = client(address, KEY, None, algorithm)
            error = refusal(sdk, create, sample_request(create))
            refused(tally, f"throttled, {algorithm}", error, ThrottlingException, 400, "Throttling.User")
            wait = getattr(error, "retry_after", None)
            tally.check(f"how long to wait, {algorithm}", [] if wait == 20 else [wait])
        with mock("--scenario", "throttling") as address:
            condition = {"maxAttempts": 3, "exception": ["ThrottlingException"]}
            sdk = client(address, KEY, None, algorithm, RetryOptions({"retryCondition": [condition]}))
            answer = refusal(sdk, create, sample_request(create))
            tally.check(f"retried, {algorithm}", [] if getattr(answer, "status_code", 0) == 200 else [answer])


def stumbles(tally):
    """Errors of the server, with and without an error's body."""
    with mock("--scenario", "errors") as address:
        sdk = client(address, KEY)
        job = created(sdk)
        for status, kind, code in (
            (500, ServerException, "InternalError"),
            (502, UnretryableException, None),
            (503, ServerException, "ServiceUnavailable"),
            (504, UnretryableException, None),
        ):
            error = refusal(sdk, "DescribeSynchronizationJobStatus", of(job))
            if code:
                refused(tally, f"{status}", error, kind, status, code)
            else:
                # A gateway's page: the SDK cannot read it, and says so.
                tally.check(f"{status}", [] if isinstance(error, kind) and "json" in str(error) else [error])


def created(sdk):
    """The ID of a new job."""
    create = "CreateSynchronizationJob"
    return call(sdk, create, sample_request(create)).body.synchronization_job_id


def of(job):
    """What asks for a job's status."""
    return request_model("DescribeSynchronizationJobStatus")(synchronization_job_id=job)


def life(tally):
    """A job's life, with a precheck that fails and is repaired."""
    with mock("--scenario", "failed-precheck") as address:
        sdk = client(address, KEY)
        job = created(sdk)
        for action, until in (
            ("ConfigureSynchronizationJob", "PrecheckFailed"),
            ("StartSynchronizationJob", "Synchronizing"),
        ):
            request = sample_request(action)
            request.synchronization_job_id = job
            call(sdk, action, request)
            seen = []
            while until not in seen and len(seen) < 20:
                status = call(sdk, "DescribeSynchronizationJobStatus", of(job)).body
                seen.append(status.status)
                if status.status == "PrecheckFailed":
                    failed = [item for item in status.precheck_status.detail if item.check_status == "Failed"]
                    repairs = [item.item_name for item in failed if item.repair_method and item.error_message]
                    tally.check("what to repair", [] if len(repairs) == 2 else [repairs])
            tally.check(f"{action}, then {until}", [] if seen[-1] == until else [seen])
        jobs = call(sdk, "DescribeSynchronizationJobs", request_model("DescribeSynchronizationJobs")()).body
        listed = [(item.synchronization_job_id, item.status) for item in jobs.synchronization_instances]
        tally.check("the list of jobs", [] if listed == [(job, "Synchronizing")] else [listed])


def judge(tally):
    """Calls all."""
    with mock() as address:
        answers(tally, address, None)
        refusals(tally, address)
        replays(tally, address)
        signatures(tally, address)
    with mock("--security-token", TOKEN) as address:
        answers(tally, address, TOKEN)
        tokens(tally, address)
    throttled(tally)
    stumbles(tally)
    life(tally)
