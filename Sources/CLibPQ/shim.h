#include <libpq-fe.h>
#include <malloc.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <unistd.h>

// Swift imports neither the union of epoll_event nor its constants in a usable type.
static inline int chapterhouse_epoll_set(int epoll, int socket, int mayRead, int mayWrite, unsigned long long tag) {
    struct epoll_event event;
    event.events = (mayRead ? EPOLLIN : 0) | (mayWrite ? EPOLLOUT : 0);
    event.data.u64 = tag;
    if (epoll_ctl(epoll, EPOLL_CTL_MOD, socket, &event) == 0) return 0;
    return epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
}

static inline int chapterhouse_epoll_forget(int epoll, int socket) {
    struct epoll_event event = { 0 };
    return epoll_ctl(epoll, EPOLL_CTL_DEL, socket, &event);
}

// The tags of the sockets that are ready; -1 on error.
static inline int chapterhouse_epoll_wait(int epoll, unsigned long long *tags, int most, int milliseconds) {
    struct epoll_event events[64];
    if (most > 64) most = 64;
    int ready = epoll_wait(epoll, events, most, milliseconds);
    for (int index = 0; index < ready; index++) tags[index] = events[index].data.u64;
    return ready;
}

static inline int chapterhouse_eventfd(void) {
    return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
}

static inline int chapterhouse_epoll(void) {
    return epoll_create1(EPOLL_CLOEXEC);
}

// Variadic, so not visible from Swift.
static inline int chapterhouse_bytes_to_read(int socket) {
    int count = 0;
    return ioctl(socket, FIONREAD, &count) == 0 ? count : 0;
}

static inline void chapterhouse_name_thread(const char *name) {
    prctl(PR_SET_NAME, name);
}

// By itself malloc learns to keep blocks of up to 32 MB for later, in the arena of each thread that ever held one.
static inline void chapterhouse_give_back_large_blocks(void) {
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    mallopt(M_TRIM_THRESHOLD, 4 << 20);
}
