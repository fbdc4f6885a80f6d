/// As whom this installation is known to an OpenID provider.
package struct ProviderClient: Sendable, CustomReflectable {
    package let id: String
    package let secret: String

    package init(id: String, secret: String) {
        self.id = id
        self.secret = secret
    }

    /// Name and password of HTTP's basic authentication, encoded first as RFC 6749 has it.
    package var login: (name: String, password: String) {
        (percentEncoded(id), percentEncoded(secret))
    }

    package var customMirror: Mirror {
        Mirror(self, children: ["id": id])
    }
}
