import Identity
import Testing

@Suite struct `A secret that signs` {
    /// The vector that the libraries of Standard Webhooks test themselves with.
    @Test func `signs as the convention has it`() {
        let secret = SigningSecret(bytes: [
            49, 242, 144, 246, 191, 6, 41, 138, 171, 79, 8, 212, 60, 63, 8, 44, 246, 72, 163, 98, 218, 45,
            164, 176,
        ])
        #expect(secret.text == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let signature = secret.signature(
            of: #"{"test": 2432232314}"#,
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            at: 1_614_265_330
        )
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func `has 256 bits, is another each time, and is never said by accident`() {
        let (one, other) = (SigningSecret(), SigningSecret())
        #expect(one.bytes.count == 32 && one.bytes != other.bytes)
        #expect(one.text.hasPrefix("whsec_") && one.text.utf8.count == 50 && one.text.hasSuffix("="))
        #expect("\(one)" == "a secret" && !String(reflecting: one).contains("\(one.bytes)"))
        var dumped = ""
        dump(one, to: &dumped)
        #expect(!dumped.contains("\(one.bytes[0])"))
    }
}
