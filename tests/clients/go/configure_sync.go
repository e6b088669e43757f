// The life of a synchronization job: buy an instance, configure the job, follow it until it replicates; if its precheck
// fails, show what to mend and start it again.
//
// It stands in the module while it is tried: `bindery mock -- go run ./internal/job`.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	dts "example.com/alibabacloud/dts"
	"example.com/alibabacloud/dts/client"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func configured(job string) *dts.ConfigureSynchronizationJobRequest {
	tables := []dts.TableInclude{{TableName: dts.String("customer")}, {TableName: dts.String("order")}}
	objects := []dts.SynchronizationObject{{DBName: dts.String("shop"), TableIncludes: tables}}
	request := dts.NewConfigureSynchronizationJobRequest(job, objects, true, true)
	// The password never shows: not in debugging output, not in an error, not in a log.
	request.SourceEndpoint = dts.NewConfigureSynchronizationJobSourceEndpointECS("172.16.88.10", "3306", "reader", "secret")
	request.DestinationEndpoint = dts.NewConfigureSynchronizationJobDestinationEndpointRDS("rm-bp1r46452ai50****")
	if err := request.Validate(); err != nil {
		fmt.Printf("the request could be better:\n%v\n", err)
	}
	return request
}

func run(ctx context.Context) error {
	c, err := client.New(client.Config{Environment: true})
	if err != nil {
		return err
	}
	purchase := dts.NewCreateSynchronizationJobRequestPostpaid("cn-hangzhou", "cn-hangzhou", dts.CreateSynchronizationJobSynchronizationJobClass_Small)
	purchase.Topology = dts.Some(dts.CreateSynchronizationJobTopology_Oneway)
	purchase.RegionID = dts.String("cn-hangzhou")
	// Costs money, so it carries a token that makes it safe to repeat: the client makes one if the request has none.
	bought, err := client.Send(ctx, c, purchase)
	if err != nil {
		return err
	}
	job, known := bought.SynchronizationJobID.Get()
	if !known {
		return errors.New("the service does not say what was bought: look before you buy again")
	}
	fmt.Printf("bought         %s\n", job)
	if _, err := client.Send(ctx, c, configured(job)); err != nil {
		return err
	}
	fmt.Printf("configured     %s\n", job)
	status := dts.NewDescribeSynchronizationJobStatusRequest(job)
	_, err = client.Wait(ctx, c, &dts.WaitSynchronizationJobPrechecked, status)
	var failure *client.WaitFailedError
	if errors.As(err, &failure) {
		fmt.Println("the precheck failed:")
		for _, reason := range failure.Reasons {
			for _, text := range reason {
				fmt.Printf("  %s: %s\n", text.Name, text.Text)
			}
		}
		fmt.Println("mended, and started again")
		_, err = client.Send(ctx, c, dts.NewStartSynchronizationJobRequest(job))
	}
	if err != nil {
		return err
	}
	running, err := client.Wait(ctx, c, &dts.WaitSynchronizationJobSynchronizing, status)
	if err != nil {
		return err
	}
	fmt.Printf("%-14s %s, %s s behind\n", running.Status.Or(""), job, running.Delay.Or("?"))
	return nil
}
