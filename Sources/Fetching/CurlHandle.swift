package import CCurl

/// One libcurl handle and its options; the first that is not taken is remembered, and nothing is done then.
package struct CurlHandle: ~Copyable {
    package let handle: UnsafeMutableRawPointer
    private var failure: CURLcode?
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    /// Where libcurl says what went wrong.
    private let complaint: UnsafeMutableBufferPointer<CChar>

    /// libcurl wants to be started once, before any other thread uses it.
    private static let isStarted = chapterhouse_curl_start() == CURLE_OK

    /// Nil where libcurl does not start.
    package init?() {
        guard Self.isStarted, let handle = curl_easy_init() else { return nil }
        self.handle = handle
        complaint = .allocate(capacity: Int(CURL_ERROR_SIZE))
        complaint.initialize(repeating: 0)
        note(chapterhouse_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, complaint.baseAddress))
        // A proxy of the environment is none of ours.
        set(CURLOPT_PROXY, "")
        // Signals belong to the process, not to a library's time limit.
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    }

    deinit {
        curl_easy_cleanup(handle)
        lists.forEach { curl_slist_free_all($0) }
        complaint.deallocate()
    }

    package mutating func set(_ option: CURLoption, _ text: String) {
        note(chapterhouse_curl_set_text(handle, option, text))
    }

    package mutating func set(_ option: CURLoption, _ number: Int) {
        note(chapterhouse_curl_set_number(handle, option, number))
    }

    /// A list of texts, which is kept as long as the handle.
    package mutating func set(_ option: CURLoption, listOf texts: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for text in texts {
            guard let longer = curl_slist_append(list, text) else {
                curl_slist_free_all(list)
                return note(CURLE_OUT_OF_MEMORY)
            }
            list = longer
        }
        guard let list else { return }
        lists.append(list)
        note(chapterhouse_curl_set_list(handle, option, list))
    }

    package mutating func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) {
        note(chapterhouse_curl_set_pointer(handle, option, pointer))
    }

    package mutating func set(_ option: CURLoption, stream: @escaping chapterhouse_curl_stream) {
        note(chapterhouse_curl_set_stream(handle, option, stream))
    }

    /// Asked for each socket that is to be opened, with the very address that is to be connected to.
    package mutating func set(opening: @escaping chapterhouse_curl_opening) {
        note(chapterhouse_curl_set_opening(handle, opening))
    }

    /// Asked about once a second, and often while something comes; libcurl gives up once it is not 0.
    package mutating func set(progress: @escaping chapterhouse_curl_progress) {
        note(chapterhouse_curl_set_progress(handle, progress))
        set(CURLOPT_NOPROGRESS, 0)
    }

    /// Does what the options say, and waits for it.
    package func perform() -> CURLcode {
        failure ?? curl_easy_perform(handle)
    }

    /// What went wrong, in libcurl's words.
    package func complaint(about outcome: CURLcode) -> String {
        let said = String(decoding: complaint.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return said.isEmpty ? String(cString: curl_easy_strerror(outcome)) : said
    }

    private mutating func note(_ outcome: CURLcode) {
        if outcome != CURLE_OK, failure == nil { failure = outcome }
    }
}
