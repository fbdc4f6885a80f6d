#include <curl/curl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Variadic in C, so not visible from Swift.
static inline CURLcode chapterhouse_curl_set_text(CURL *handle, CURLoption option, const char *text) {
    return curl_easy_setopt(handle, option, text);
}

static inline CURLcode chapterhouse_curl_set_number(CURL *handle, CURLoption option, long number) {
    return curl_easy_setopt(handle, option, number);
}

static inline CURLcode chapterhouse_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *list) {
    return curl_easy_setopt(handle, option, list);
}

static inline CURLcode chapterhouse_curl_set_pointer(CURL *handle, CURLoption option, void *pointer) {
    return curl_easy_setopt(handle, option, pointer);
}

typedef size_t (*chapterhouse_curl_stream)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode chapterhouse_curl_set_stream(CURL *handle, CURLoption option, chapterhouse_curl_stream stream) {
    return curl_easy_setopt(handle, option, stream);
}

typedef curl_socket_t (*chapterhouse_curl_opening)(void *context, curlsocktype purpose, struct curl_sockaddr *address);

static inline CURLcode chapterhouse_curl_set_opening(CURL *handle, chapterhouse_curl_opening opening) {
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, opening);
}

static inline CURLcode chapterhouse_curl_last_code(CURL *handle, long *code) {
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, code);
}

static inline CURLcode chapterhouse_curl_start(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}

typedef int (*chapterhouse_curl_progress)(void *context, curl_off_t to_come, curl_off_t came, curl_off_t to_send,
                                          curl_off_t sent);

static inline CURLcode chapterhouse_curl_set_progress(CURL *handle, chapterhouse_curl_progress progress) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, progress);
}

static inline void chapterhouse_name_thread(const unsigned char *name) {
    prctl(PR_SET_NAME, name);
}
