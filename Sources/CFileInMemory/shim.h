#include <sys/syscall.h>
#include <unistd.h>

// A file that is nowhere but in memory, and not in programs that are started. The C library hides it from Swift.
static inline int chapterhouse_file_in_memory(void) {
    return (int)syscall(SYS_memfd_create, "chapterhouse", 1U);
}
