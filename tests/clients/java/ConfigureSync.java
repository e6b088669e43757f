import com.example.dts.ConfigureSynchronizationJobRequest;
import com.example.dts.ConfigureSynchronizationJobRequest.DestinationEndpoint;
import com.example.dts.ConfigureSynchronizationJobRequest.SourceEndpoint;
import com.example.dts.CreateSynchronizationJobRequest;
import com.example.dts.CreateSynchronizationJobRequest.PayType;
import com.example.dts.CreateSynchronizationJobRequest.SynchronizationJobClass;
import com.example.dts.CreateSynchronizationJobRequest.Topology;
import com.example.dts.DescribeSynchronizationJobStatusRequest;
import com.example.dts.Schemas.SynchronizationObject;
import com.example.dts.Schemas.TableInclude;
import com.example.dts.StartSynchronizationJobRequest;
import com.example.dts.Waiters;
import com.example.dts.client.Client;
import com.example.dts.client.ClientConfig;
import com.example.dts.client.ClientException;
import com.example.dts.client.WaitFailedException;
import com.example.dts.core.Content;
import com.example.dts.core.InvalidRequestException;
import com.example.dts.core.Secret;
import java.util.List;

/**
 * The life of a synchronization job: buy an instance, configure the job, follow it until it replicates; if its precheck fails, show what to
 * mend and start it again.
 *
 * <p>{@code bindery mock -- java -cp DTS/target/classes ConfigureSync.java} runs it against a service on this machine, with the library of
 * all of DTS that was generated with {@code --set package=com.example.dts}.
 */
final class ConfigureSync {
    private ConfigureSync() {
    }

    private static ConfigureSynchronizationJobRequest configured(String job) {
        // The password never shows: not in debugging output, not in an exception, not in a log.
        String password = System.getenv().getOrDefault("SOURCE_PASSWORD", "secret");
        List<TableInclude> tables = List.of(TableInclude.builder("customer").build(), TableInclude.builder("order").build());
        SynchronizationObject shop = SynchronizationObject.builder().dbName("shop").tableIncludes(tables).build();
        ConfigureSynchronizationJobRequest request = ConfigureSynchronizationJobRequest.builder(job, Content.of(List.of(shop)), true, true)
                .sourceEndpoint(SourceEndpoint.ecs("172.16.88.10", "3306", "reader", Secret.of(password)))
                .destinationEndpoint(DestinationEndpoint.rds("rm-bp1r46452ai50****"))
                .build();
        try {
            request.validate();
        } catch (InvalidRequestException better) {
            System.out.println("the request could be better:\n" + better.getMessage());
        }
        return request;
    }

    public static void main(String[] arguments) {
        Client client = Client.of(ClientConfig.builder().environment(true).build());
        // Costs money, so it carries a token that makes it safe to repeat: the client makes one if the request has none.
        CreateSynchronizationJobRequest purchase = CreateSynchronizationJobRequest
                .builder("cn-hangzhou", "cn-hangzhou", SynchronizationJobClass.SMALL, PayType.POSTPAID)
                .topology(Topology.ONEWAY).regionId("cn-hangzhou").build();
        try {
            String job = client.send(purchase).synchronizationJobId().orElseThrow();
            System.out.println("bought         " + job);
            client.send(configured(job));
            System.out.println("configured     " + job);
            DescribeSynchronizationJobStatusRequest status = DescribeSynchronizationJobStatusRequest.builder(job).build();
            try {
                client.await(Waiters.WAIT_SYNCHRONIZATION_JOB_PRECHECKED, status);
            } catch (WaitFailedException failure) {
                System.out.println("the precheck failed:");
                failure.reasons().forEach(reason -> reason.forEach((name, text) -> System.out.println("  " + name + ": " + text)));
                System.out.println("mended, and started again");
                client.send(StartSynchronizationJobRequest.builder(job).build());
            }
            var running = client.await(Waiters.WAIT_SYNCHRONIZATION_JOB_SYNCHRONIZING, status);
            System.out.printf("%-14s %s, %s s behind%n", running.status().orElseThrow(), job, running.delay().orElse("?"));
        } catch (ClientException failed) {
            System.err.println(failed.getMessage());
            System.exit(1);
        }
    }
}
