/// How much of everything one client, and all of them together, may take.
package struct Limits: Sendable {
    /// From the first byte of a request, or from connecting, to the end of its head.
    package var head: Duration = .seconds(10)
    /// How long a connection may wait for its next request.
    package var keepAlive: Duration = .seconds(60)
    /// What a body or an answer may fall behind `bytesPerSecond` before the connection is closed.
    package var patience: Duration = .seconds(10)
    package var bytesPerSecond = 500
    /// How long each answer of the database is waited for, those to reports and imports aside.
    package var answer: Duration = .seconds(10)
    /// How long a refused client may take to read why.
    package var farewell: Duration = .seconds(2)

    package var headBytes = 16 * 1024
    package var headers = 100
    package var bodyBytes = 1024 * 1024
    /// What is read, to no purpose, of a body that nobody wanted.
    package var surplusBytes = 64 * 1024

    package var connections = 4096
    /// Of one address; a proxy that is trusted has as many as there are.
    package var connectionsOfOne = 256
    package var requestsAtWork = 512
    /// Files of reports that one person may fetch within ten minutes.
    package var filesOfOne = 300
    /// Searches that one person may make within ten minutes.
    package var searchesOfOne = 600
    /// How often those who watch a sheet hear of it though nothing was told to have changed.
    package var beat: Duration = .seconds(15)
    /// How long a service that is asked to stop goes on taking in and answering, before it stops; who is answered then is
    /// told to come anew.
    package var drain: Duration = .zero
    /// How long what was begun may take when the service is asked to stop.
    package var stopping: Duration = .seconds(30)

    package init() {}
}
