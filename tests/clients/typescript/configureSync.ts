/**
 * The life of a synchronization job: buy an instance, configure the job, follow it until it replicates; if its precheck
 * fails, show what to mend and start it again.
 *
 * It stands in the package while it is tried: `bindery mock -- node dist/test/test/configureSync.js`.
 */

import {
  configureSynchronizationJob,
  DestinationEndpoint,
  Secret,
  SourceEndpoint,
  type ConfigureSynchronizationJobRequest,
} from "../src/actions/configureSynchronizationJob.js";
import { createSynchronizationJob } from "../src/actions/createSynchronizationJob.js";
import { startSynchronizationJob } from "../src/actions/startSynchronizationJob.js";
import { check } from "../src/runtime/core.js";
import { Client, WaitFailedError } from "../src/runtime/index.js";
import { waitUntilSynchronizationJobPrechecked, waitUntilSynchronizationJobSynchronizing } from "../src/waiters.js";

function configured(job: string): ConfigureSynchronizationJobRequest {
  const request: ConfigureSynchronizationJobRequest = {
    synchronizationJobId: job,
    synchronizationObjects: [{ dbName: "shop", tableIncludes: [{ tableName: "customer" }, { tableName: "order" }] }],
    structureInitialization: true,
    dataInitialization: true,
    // The password never shows: not in debugging output, not in an error, not in a log.
    sourceEndpoint: SourceEndpoint.ecs({
      ip: "172.16.88.10",
      port: "3306",
      userName: "reader",
      password: new Secret("secret"),
    }),
    destinationEndpoint: DestinationEndpoint.rds({ instanceId: "rm-bp1r46452ai50****" }),
  };
  for (const violation of check(configureSynchronizationJob, request)) {
    console.log(`the request could be better: ${violation.message.en}`);
  }
  return request;
}

// The vendor's library would find them; here, nothing but this package is installed.
const client = new Client({
  credentials: {
    accessKeyId: process.env["ALIBABA_CLOUD_ACCESS_KEY_ID"] ?? "",
    accessKeySecret: process.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] ?? "",
  },
});
const bought = await client.send(createSynchronizationJob, {
  sourceRegion: "cn-hangzhou",
  destRegion: "cn-hangzhou",
  synchronizationJobClass: "small",
  payType: "Postpaid",
  topology: "oneway",
  regionId: "cn-hangzhou",
});
const job = bought.synchronizationJobId;
if (job === undefined) {
  throw new Error("the service does not say what was bought: look before you buy again");
}
console.log(`bought         ${job}`);
await client.send(configureSynchronizationJob, configured(job));
console.log(`configured     ${job}`);
const status = { synchronizationJobId: job };
try {
  await client.wait(waitUntilSynchronizationJobPrechecked, status);
} catch (error) {
  if (!(error instanceof WaitFailedError)) {
    throw error;
  }
  console.log("the precheck failed:");
  for (const [name, text] of error.reasons.flat()) {
    console.log(`  ${name}: ${text}`);
  }
  console.log("mended, and started again");
  await client.send(startSynchronizationJob, { synchronizationJobId: job });
}
const running = await client.wait(waitUntilSynchronizationJobSynchronizing, status);
console.log(`${(running.status ?? "").padEnd(14)} ${job}, ${running.delay ?? "?"} s behind`);
