"""Times the vendor's SDK up to the socket. See `vendor` beside this file."""

import time

from alibabacloud_dts20200101 import models
from alibabacloud_dts20200101.client import Client
from alibabacloud_tea_openapi import client as core
from alibabacloud_tea_openapi.utils_models import Config

ROUNDS, CALLS = 300, 20


class Sent(BaseException):
    """The request is ready for the socket; nobody catches this on the way."""


def stop(_request, _runtime):
    raise Sent


core.DaraCore.do_action = staticmethod(stop)

# The request of `src/lib.rs`.
ENDPOINTS = {
    "source_endpoint": models.ConfigureSynchronizationJobRequestSourceEndpoint(
        instance_type="ECS",
        ip="172.16.88.10",
        port="3306",
        user_name="reader",
        password="s3cret",
        instance_id="i-bp1i99e8l7913",
        owner_id="140692647406",
        role="ram-for-dts",
        database_name="shop",
    ),
    "destination_endpoint": models.ConfigureSynchronizationJobRequestDestinationEndpoint(
        instance_type="RDS",
        instance_id="rm-bp1r46452ai50",
        user_name="writer",
        password="s3cret",
        data_base_name="shop",
    ),
}
OBJECTS = (
    '[{"DBName":"shop","NewDBName":"shop_copy","TableIncludes":[{"TableName":"customer","ColumnIncludes":'
    '[{"ColumnName":"id"},{"ColumnName":"name"}]},{"TableName":"order","NewTableName":"purchase"}],'
    '"TableExcludes":[{"TableName":"log"}]}]'
)
REQUEST = models.ConfigureSynchronizationJobRequest(
    synchronization_job_id="dtsz4ao1dor13d",
    synchronization_objects=OBJECTS,
    structure_initialization=True,
    data_initialization=True,
    region_id="cn-hangzhou",
    synchronization_job_name="shop to the warehouse",
    synchronization_direction="Forward",
    migration_reserved='{"autoStartModulesAfterConfig":"none","targetTableMode":2}',
    checkpoint="1610540493",
    resource_group_id="rg-acfmxyz",
    **ENDPOINTS,
)


def prepare(client):
    try:
        client.configure_synchronization_job(REQUEST)
    except Sent:
        return
    raise AssertionError("it was sent")


def main():
    key = {"access_key_id": "LTAI5tEXAMPLEEXAMPLEEXAM", "access_key_secret": "exampleExampleExampleExample12"}
    client = Client(Config(endpoint="dts.aliyuncs.com", region_id="cn-hangzhou", **key))
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter_ns()
        for _ in range(CALLS):
            prepare(client)
        times.append((time.perf_counter_ns() - begun) / CALLS / 1000)
    times.sort()
    print(f"the vendor's SDK for Python: least {times[0]:.1f} µs, median {times[len(times) // 2]:.1f} µs")


main()
