"""The life of a synchronization job: buy an instance, configure the job, follow it until it replicates; if its precheck fails,
show what to mend and start it again.

`bindery mock -- python configure_sync.py` runs it against a service on this machine; `--async` with the async client.
"""

from __future__ import annotations

import asyncio
import os
import sys

from alibabacloud_dts import (
    AsyncClient,
    Client,
    ConfigureSynchronizationJobRequest,
    CreateSynchronizationJobRequest,
    DescribeSynchronizationJobStatusRequest,
    StartSynchronizationJobRequest,
    ViolationError,
)
from alibabacloud_dts.configure_synchronization_job import DestinationEndpoint, SourceEndpoint, SynchronizationObject
from alibabacloud_dts.create_synchronization_job import PayType, SynchronizationJobClass, Topology
from alibabacloud_dts.errors import Error, WaitFailedError
from alibabacloud_dts.schemas import TableInclude

# Costs money, so it carries a token that makes it safe to repeat: the client makes one if the request has none.
PURCHASE = CreateSynchronizationJobRequest(
    source_region="cn-hangzhou",
    dest_region="cn-hangzhou",
    synchronization_job_class=SynchronizationJobClass.SMALL,
    pay_type=PayType.POSTPAID,
    topology=Topology.ONEWAY,
    region_id="cn-hangzhou",
)


def configured(job: str) -> ConfigureSynchronizationJobRequest:
    tables = [TableInclude(table_name=name) for name in ("customer", "order")]
    # The password never shows: not in debugging output, not in an error, not in a log.
    password = os.environ.get("SOURCE_PASSWORD", "secret")
    request = ConfigureSynchronizationJobRequest(
        synchronization_job_id=job,
        synchronization_objects=[SynchronizationObject(db_name="shop", table_includes=tables)],
        structure_initialization=True,
        data_initialization=True,
        source_endpoint=SourceEndpoint.ecs(ip="172.16.88.10", port="3306", user_name="reader", password=password),
        destination_endpoint=DestinationEndpoint.rds(instance_id="rm-bp1r46452ai50****"),
    )
    try:
        request.validate()
    except ViolationError as error:
        print(f"the request could be better:\n{error}")
    return request


def told(failure: WaitFailedError) -> None:
    print("the precheck failed:")
    for reason in failure.reasons:
        for name, text in reason:
            print(f"  {name}: {text}")
    print("mended, and started again")


def run() -> None:
    with Client() as client:
        job = client.create_synchronization_job(PURCHASE).synchronization_job_id
        if job is None:
            sys.exit("the service does not say what was bought: look before you buy again")
        print(f"bought         {job}")
        client.configure_synchronization_job(configured(job))
        print(f"configured     {job}")
        status = DescribeSynchronizationJobStatusRequest(synchronization_job_id=job)
        try:
            client.wait_until_synchronization_job_prechecked(status)
        except WaitFailedError as failure:
            told(failure)
            client.start_synchronization_job(StartSynchronizationJobRequest(synchronization_job_id=job))
        running = client.wait_until_synchronization_job_synchronizing(status)
        print(f"{running.status:<14} {job}, {running.delay} s behind")


async def run_async() -> None:
    async with AsyncClient() as client:
        job = (await client.create_synchronization_job(PURCHASE)).synchronization_job_id
        if job is None:
            sys.exit("the service does not say what was bought: look before you buy again")
        print(f"bought         {job}")
        await client.configure_synchronization_job(configured(job))
        print(f"configured     {job}")
        status = DescribeSynchronizationJobStatusRequest(synchronization_job_id=job)
        try:
            await client.wait_until_synchronization_job_prechecked(status)
        except WaitFailedError as failure:
            told(failure)
            await client.start_synchronization_job(StartSynchronizationJobRequest(synchronization_job_id=job))
        running = await client.wait_until_synchronization_job_synchronizing(status)
        print(f"{running.status:<14} {job}, {running.delay} s behind")


if __name__ == "__main__":
    try:
        asyncio.run(run_async()) if "--async" in sys.argv else run()
    except Error as error:
        sys.exit(str(error))
