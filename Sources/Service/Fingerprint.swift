import Crypto

/// The SHA-256 of a text, in hexadecimal.
func fingerprint(of text: String) -> String {
    fingerprint(of: Array(text.utf8))
}

func fingerprint(of bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let digest = SHA256.hash(data: bytes)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
