import Testing

/// `chapterhouse up` with a PostgreSQL of its own, through the deaths it has to survive.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct `The private PostgreSQL` {
    /// Starts `up` in the background and waits until it is ready; `$up` is its process.
    private static let start = """
        start() {
            # Else what the one before it said is taken for its own.
            rm -f "$CHAPTERHOUSE_HOME.log"
            "$chapterhouse" up --listen 127.0.0.1:0 "$@" >"$CHAPTERHOUSE_HOME.log" 2>&1 &
            up=$!
            for _ in $(seq 600); do
                grep -qs '^Ready at' "$CHAPTERHOUSE_HOME.log" && return 0
                kill -0 "$up" 2>/dev/null || { cat "$CHAPTERHOUSE_HOME.log"; return 1; }
                sleep 0.1
            done
            return 1
        }
        server() { head -n 1 "$CHAPTERHOUSE_HOME/cluster/postmaster.pid" 2>/dev/null; }
        runs() { [ -n "$(server)" ] && kill -0 "$(server)" 2>/dev/null; }
        none() { for _ in $(seq 100); do runs || return 0; sleep 0.1; done; return 1; }

        """

    private func play(_ scene: String, at location: SourceLocation = #_sourceLocation) async throws -> String
    {
        let ending = try await Shell(database: "").pipe(
            """
            folder=$(mktemp -d) && chmod 755 "$folder" || exit 1
            CHAPTERHOUSE_HOME=$folder/home; export CHAPTERHOUSE_HOME
            trap 'kill -9 "$up" 2>/dev/null; runs && kill -QUIT "$(server)"; rm -rf "$folder"' EXIT
            \(Self.start)\(scene)
            """
        )
        #expect(ending.status == 0, "\(ending.output)\(ending.errors)", sourceLocation: location)
        return ending.output
    }

    @Test(arguments: ["TERM", "INT"])
    func `is made, served from, and stopped with the service`(signal: String) async throws {
        let said = try await play(
            """
            start || exit 1
            url=$(sed -n 's|^Ready at ||p' "$CHAPTERHOUSE_HOME.log")
            runs && echo 'a server runs'
            "$chapterhouse" chapter create cedar --name Cedar --time-zone Europe/Berlin --currency EUR
            python3 -c "
            import urllib.request, urllib.error, sys
            try: urllib.request.urlopen('${url}api/v1/chapters/cedar/reports/roi')
            except urllib.error.HTTPError as answer: print('status', answer.code)
            "
            kill -\(signal) "$up"; wait "$up"; echo "ended $?"
            none && echo 'no server left'
            """
        )
        #expect(said.contains("a server runs"))
        #expect(said.contains("Chapter Cedar is cedar"))
        #expect(said.contains("status 401"))
        #expect(said.contains("ended 0"))
        #expect(said.contains("no server left"))
    }

    @Test func `comes back after it was killed, with what was acknowledged`() async throws {
        let said = try await play(
            """
            start || exit 1
            "$chapterhouse" chapter create cedar --name Cedar --time-zone Europe/Berlin --currency EUR
            kill -9 "$up"; wait "$up" 2>/dev/null
            start || exit 1
            "$chapterhouse" chapter list --format csv
            kill -TERM "$up"; wait "$up"; echo "ended $?"
            """
        )
        #expect(said.contains("cedar,Cedar,Europe/Berlin"))
        #expect(said.contains("ended 0"))
    }

    @Test func `serves one up at a time, and says which`() async throws {
        let said = try await play(
            """
            start || exit 1
            "$chapterhouse" up --listen 127.0.0.1:0 2>&1; echo "second $?"
            kill -TERM "$up"; wait "$up"
            """
        )
        #expect(said.contains("already runs in"))
        #expect(said.contains("second 75"))
    }

    @Test func `ends when its port is taken, and says what to do`() async throws {
        let said = try await play(
            """
            start || exit 1
            port=$(sed -n 's|^Ready at http://127.0.0.1:\\([0-9]*\\)/|\\1|p' "$CHAPTERHOUSE_HOME.log")
            "$chapterhouse" up --home "$folder/other" --listen "127.0.0.1:$port" 2>&1; echo "taken $?"
            kill -TERM "$up"; wait "$up"
            """
        )
        #expect(said.contains("cannot be listened on"))
        #expect(said.contains("--listen"))
        #expect(said.contains("taken 69"))
    }

    @Test func `starts for one command when nothing runs`() async throws {
        let said = try await play(
            """
            "$chapterhouse" chapter create cedar --name Cedar --time-zone Europe/Berlin --currency EUR
            "$chapterhouse" chapter list --format csv
            none && echo 'no server left'
            """
        )
        #expect(said.contains("cedar,Cedar,Europe/Berlin"))
        #expect(said.contains("no server left"))
    }

    @Test func `shows the demo chapter's month, and the second time without making it again`() async throws {
        let said = try await play(
            """
            "$chapterhouse" up --demo --once 2>&1; echo "first $?"
            "$chapterhouse" up --demo --once 2>/dev/null | grep -c '27 members'
            "$chapterhouse" chapter list --format csv | grep -c '^demo'
            """
        )
        #expect(said.contains("27 members"))
        #expect(said.contains("first 0"))
        #expect(said.hasSuffix("1\n2\n"))
    }

    @Test func `leads into the demo by a link to where it listens`() async throws {
        let said = try await play(
            """
            start --demo || exit 1
            for _ in $(seq 600); do grep -q '^  http' "$CHAPTERHOUSE_HOME.log" && break; sleep 0.1; done
            url=$(sed -n 's|^Ready at ||p' "$CHAPTERHOUSE_HOME.log")
            link=$(sed -n 's|^  \\(http.*\\)|\\1|p' "$CHAPTERHOUSE_HOME.log")
            case $link in "$url"?*) echo 'to where it listens' ;; *) echo "$link, but $url" ;; esac
            curl -fsS -o /dev/null -w '%{http_code}\\n' "$link"
            kill -TERM "$up"; wait "$up"; echo "ended $?"
            """
        )
        #expect(said == "to where it listens\n200\nended 0\n")
    }
}
