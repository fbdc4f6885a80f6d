import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// The connections that clients hold, so that they can be counted, and ended when waiting has no end.
final class OpenConnections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var held: [String: Int] = [:]
        var turnedAway = 0
        var isDraining = false
        var isHurried = false
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

    /// Whether the service is about to end, so that every answer is the last of its connection.
    var isDraining: Bool {
        state.withLockedValue(\.isDraining)
    }

    /// Lets those who are here come anew, for this long at most: they are gone when each had one more answer, or left.
    ///
    /// A proxy uses the connections that it keeps, or lets go of them by itself; closing them first might lose what it
    /// is about to ask.
    func drain(for longest: Duration) async {
        guard longest > .zero else { return }
        let here = state.withLockedValue { state in
            state.isDraining = true
            return Array(state.channels.keys)
        }
        await wait(longest) { state in here.contains { state.channels[$0] != nil } }
    }

    /// Lets those go who came while others drained: nobody comes after them, and each leaves with an answer.
    ///
    /// A connection that was taken in a moment ago may not be among them yet: a server that ends now forgets it, and
    /// whoever asked there is cut off.
    func empty(for longest: Duration) async {
        for _ in 0..<2 {
            for loop in MultiThreadedEventLoopGroup.singleton.makeIterator() {
                try? await loop.submit {}.get()
            }
        }
        await wait(longest) { !$0.channels.isEmpty }
    }

    private func wait(_ longest: Duration, while isAnybody: @Sendable (State) -> Bool) async {
        let end = ContinuousClock.now + longest
        while ContinuousClock.now < end, state.withLockedValue({ !$0.isHurried && isAnybody($0) }) {
            do {
                try await Task.sleep(for: .milliseconds(20))
            } catch {
                return
            }
        }
    }

    /// Whether nothing is waited for any more.
    var isHurried: Bool {
        state.withLockedValue(\.isHurried)
    }

    func hurry() {
        state.withLockedValue { $0.isHurried = true }
        closeAll()
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
