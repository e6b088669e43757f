package sign

import "testing"

// The vendor's own examples, which stand in the documentation of its signatures.
func TestTheVendorsExamples(t *testing.T) {
	query := Pairs("ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai")
	hash := PayloadHash(ACS3, nil)
	canonical, names := Canonical("POST", "/", query, []Pair{
		{"x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d"},
		{"Host", " ecs.cn-shanghai.aliyuncs.com "},
		{"x-acs-version", "2014-05-26"},
		{"x-acs-action", "RunInstances"},
		{"x-acs-date", "2023-10-26T10:22:32Z"},
		{"x-acs-content-sha256", hash},
	}, hash)
	signature := Signature(ACS3, "YourAccessKeySecret", StringToSign(ACS3, canonical))
	want := "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
	if got := Authorization(ACS3, "YourAccessKeyId", names, signature); got != want {
		t.Error(got)
	}
	query = Pairs("Action=DescribeRegions&Format=XML&Version=2014-05-26&AccessKeyId=testid&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&Timestamp=2016-02-23T12%3A46%3A24Z")
	if got := RPCSignature("testsecret", RPCString("GET", query)); got != "OLeaidS1JvxuMvnyHOwuJ+uX5qY=" {
		t.Error(got)
	}
}

// The example of the standard that defines the function.
func TestSM3(t *testing.T) {
	for text, want := range map[string]string{
		"abc": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
		"abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd": "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
	} {
		if got := PayloadHash(ACS3SM3, []byte(text)); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}

func TestEverythingButTheUnreservedIsEncoded(t *testing.T) {
	if got := Encode("aZ0-_.~ *'()!+&=/é中"); got != "aZ0-_.~%20%2A%27%28%29%21%2B%26%3D%2F%C3%A9%E4%B8%AD" {
		t.Error(got)
	}
	if got := CanonicalQuery(Pairs("b=2&a=&Tag.2=x&Tag.10=y&n=a+b")); got != "Tag.10=y&Tag.2=x&a=&b=2&n=a%20b" {
		t.Error(got)
	}
}
