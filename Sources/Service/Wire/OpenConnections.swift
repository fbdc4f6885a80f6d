import NIOConcurrencyHelpers
import NIOCore

/// The connections that clients hold, so that they can be counted, and ended when waiting has no end.
final class OpenConnections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var held: [String: Int] = [:]
        var turnedAway = 0
    }

    private let state = NIOLockedValueBox(State())

    var count: Int {
        state.withLockedValue(\.channels.count)
    }

    /// How many were refused because their address held enough.
    var turnedAway: Int {
        state.withLockedValue(\.turnedAway)
    }

    /// Counts a connection until it is closed; false where it is one too many for where it comes from.
    func open(_ channel: any Channel, limit: Int?) -> Bool {
        let (id, place) = (ObjectIdentifier(channel), Self.place(of: channel))
        let isWelcome = state.withLockedValue { state in
            state.channels[id] = channel
            guard (state.held[place] ?? 0) < limit ?? .max else {
                state.turnedAway += 1
                return false
            }
            state.held[place, default: 0] += 1
            return true
        }
        channel.closeFuture.whenComplete { [self] _ in
            state.withLockedValue { state in
                state.channels[id] = nil
                guard isWelcome, let held = state.held[place] else { return }
                state.held[place] = held > 1 ? held - 1 : nil
            }
        }
        return isWelcome
    }

    func closeAll() {
        for channel in state.withLockedValue({ Array($0.channels.values) }) { channel.close(promise: nil) }
    }

    /// The address, of IPv6 the network that one machine may hold whole.
    private static func place(of channel: any Channel) -> String {
        let address = channel.remoteAddress?.ipAddress ?? "unknown"
        return address.utf8.contains(UInt8(ascii: ".")) ? address : Network(of: address).description
    }
}
