#include "faults/failing_calls.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <sstream>
#include <string>
#include <utility>

namespace {

using namespace tercet::test;

template <typename Function>
Function* real(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

template <typename Names>
std::size_t place(const Names& names, std::string_view name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

std::string environment(const char* name) {
    const char* const text = std::getenv(name);
    return text == nullptr ? "" : text;
}

std::string path_of(int descriptor) {
    std::array<char, PATH_MAX> path{};
    const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
    const ssize_t size = ::readlink(link.c_str(), path.data(), path.size());
    return {path.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
}

std::string_view kind_of(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) return "directory";
    const std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);
    if (path.find("/scratch") != std::string::npos) return "scratch";
    if (name.ends_with(".log")) return "log";
    if (name.ends_with(".sst")) return "table";
    if (name.starts_with("MANIFEST")) return "manifest";
    if (name.starts_with("CURRENT") || name.ends_with(".dbtmp")) return "current";
    if (name.starts_with("TERCET")) return "mark";
    return "other";
}

/// A file on its device, whatever its names.
using FileId = std::pair<dev_t, ino_t>;

struct Length {
    FileId file;
    off_t bytes = 0;
};

Length to_length(const struct stat& status) { return {{status.st_dev, status.st_ino}, status.st_size}; }

Length length_of(int descriptor) {
    struct stat status {};
    ::fstat(descriptor, &status);
    return to_length(status);
}

enum class Need { Nothing, Space, Sync };

/// What the environment asks for, and what has been called so far.
class Plan {
public:
    static Plan& of_process() {
        static Plan& plan = *new Plan;  // other objects may call when they are destroyed
        return plan;
    }

    /// Whether this call is to fail; then errno says how.
    bool fails(std::string_view call, const std::string& path, Need need = Need::Nothing) {
        if (root_.empty() || !path.starts_with(root_)) return false;
        bool is_due = count(call, kind_of(path));
        is_due |= count(call, "any");
        if (need == Need::Space) is_due |= count("space", "any");
        if (need == Need::Sync) is_due |= count("sync", "any");
        if (!is_due) return false;
        if (!has_fired_.exchange(true)) report("fired\n");
        if (fault_ == "power") lose_power();
        errno = error_;
        return true;
    }
    bool fails(std::string_view call, int descriptor, Need need = Need::Nothing) {
        return !root_.empty() && fails(call, path_of(descriptor), need);
    }
    /// Whether a write does a half before it fails.
    [[nodiscard]] bool is_torn() const { return fault_ == "torn"; }

    /// So much of a file is on the disk now.
    void keep(const Length& length) {
        const std::scoped_lock lock(mutex_);
        kept_[length.file] = length.bytes;
    }
    /// Held by all that changes files: nothing does after the power has failed.
    std::shared_mutex& power() { return power_; }

private:
    Plan() : root_(environment("TERCET_FAULT_ROOT")), report_(environment("TERCET_FAULT_REPORT")) {
        if (root_.empty()) return;
        std::istringstream words(environment("TERCET_FAULT"));
        std::string call, kind;
        words >> call >> kind >> number_ >> fault_ >> error_;
        call_ = place(kCalls, call);
        kind_ = place(kFileKinds, kind);
        for_each_file([&](const std::string&, const Length& length) { kept_[length.file] = length.bytes; });
        std::atexit([] { of_process().end(); });
    }

    void end() {
        if (fault_ == "power" && !has_fired_.exchange(true)) lose_power();
        std::ostringstream lines;
        for (std::size_t call = 0; call < kCalls.size(); ++call) {
            for (std::size_t kind = 0; kind < kFileKinds.size(); ++kind) {
                const long count = counts_[call][kind];
                if (count != 0) lines << kCalls[call] << ' ' << kFileKinds[kind] << ' ' << count << '\n';
            }
        }
        report(lines.str());
    }

    bool count(std::string_view call_name, std::string_view kind_name) {
        const std::size_t call = place(kCalls, call_name);
        const std::size_t kind = place(kFileKinds, kind_name);
        const long number = ++counts_[call][kind];
        if (call != call_ || kind != kind_) return false;
        return number == number_ || (fault_ == "always" && number > number_);
    }

    /// Names of files stay: whether they are on the disk is not looked at.
    [[noreturn]] void lose_power() {
        power_.lock();
        const std::scoped_lock lock(mutex_);
        for_each_file([&](const std::string& path, const Length& length) {
            const auto kept = kept_.find(length.file);
            const off_t bytes = kept == kept_.end() ? 0 : kept->second;
            if (bytes < length.bytes) ::syscall(SYS_truncate, path.c_str(), bytes);
        });
        ::_exit(kPowerLossStatus);
    }

    template <typename Each>
    void for_each_file(Each each) const {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root_)) {
            struct stat status {};
            if (::stat(entry.path().c_str(), &status) == 0 && S_ISREG(status.st_mode)) each(entry.path(), to_length(status));
        }
    }

    /// By the kernel itself, so that it is not counted.
    void report(const std::string& text) const {
        const long file = ::syscall(SYS_openat, AT_FDCWD, report_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        if (file < 0) return;
        ::syscall(SYS_write, file, text.data(), text.size());
        ::syscall(SYS_close, file);
    }

    std::string root_, report_;
    std::size_t call_ = 0, kind_ = 0;
    long number_ = 0;
    std::string fault_;
    int error_ = 0;
    std::atomic<bool> has_fired_ = false;
    std::array<std::array<std::atomic<long>, kFileKinds.size()>, kCalls.size()> counts_{};
    std::shared_mutex power_;
    std::mutex mutex_;  ///< of what follows
    std::map<FileId, off_t> kept_;
};

Plan& plan() { return Plan::of_process(); }

/// Calls the C library's function of that name, unless it is to fail as a `call`.
template <typename Function, typename File, typename... Arguments>
auto pass_as(std::string_view call, const char* name, Need need, const File& file, Arguments... arguments) {
    Function* const original = real<Function>(name);
    using Result = decltype(original(arguments...));
    if (plan().fails(call, file, need)) return Result(-1);
    const std::shared_lock lock(plan().power());
    return original(arguments...);
}
template <typename Function, typename File, typename... Arguments>
auto pass(const char* name, Need need, const File& file, Arguments... arguments) {
    return pass_as<Function>(name, name, need, file, arguments...);
}

/// Any way to take a file or directory away counts as unlink.
template <typename Function, typename... Arguments>
int unlink_by(const char* name, const std::string& path, Arguments... arguments) {
    return pass_as<Function>("unlink", name, Need::Nothing, path, arguments...);
}

template <typename Function>
int sync(const char* name, int descriptor) {
    const Length length = length_of(descriptor);  // what comes meanwhile may be too late
    const int result = pass<Function>(name, Need::Sync, descriptor, descriptor);
    if (result == 0) plan().keep(length);
    return result;
}

template <typename Function, typename... Arguments>
ssize_t write_to(const char* name, int descriptor, const void* bytes, std::size_t size, Arguments... arguments) {
    Function* const original = real<Function>(name);
    if (plan().fails(name, descriptor, Need::Space)) {
        const int error = errno;
        const std::shared_lock lock(plan().power());
        if (plan().is_torn()) original(descriptor, bytes, size / 2, arguments...);
        errno = error;
        return -1;
    }
    const std::shared_lock lock(plan().power());
    return original(descriptor, bytes, size, arguments...);
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
    const bool may_make = (flags & O_CREAT) != 0;
    mode_t mode = 0;
    if (may_make) {
        va_list arguments;
        va_start(arguments, flags);
        mode = va_arg(arguments, mode_t);
        va_end(arguments);
    }
    const int descriptor = pass<int(const char*, int, ...)>("open", may_make ? Need::Space : Need::Nothing, std::string(path), path, flags, mode);
    if (descriptor >= 0 && may_make) {
        const Length length = length_of(descriptor);
        if (length.bytes == 0) plan().keep(length);
    }
    return descriptor;
}

ssize_t write(int descriptor, const void* bytes, size_t size) {
    return write_to<ssize_t(int, const void*, size_t)>("write", descriptor, bytes, size);
}
ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t offset) {
    return write_to<ssize_t(int, const void*, size_t, off_t)>("pwrite", descriptor, bytes, size, offset);
}
ssize_t writev(int descriptor, const iovec* pieces, int count) {
    return pass<ssize_t(int, const iovec*, int)>("writev", Need::Space, descriptor, descriptor, pieces, count);
}
ssize_t read(int descriptor, void* bytes, size_t size) {
    return pass<ssize_t(int, void*, size_t)>("read", Need::Nothing, descriptor, descriptor, bytes, size);
}
ssize_t pread(int descriptor, void* bytes, size_t size, off_t offset) {
    return pass<ssize_t(int, void*, size_t, off_t)>("pread", Need::Nothing, descriptor, descriptor, bytes, size, offset);
}
int fsync(int descriptor) { return sync<int(int)>("fsync", descriptor); }
int fdatasync(int descriptor) { return sync<int(int)>("fdatasync", descriptor); }
int sync_file_range(int descriptor, off64_t offset, off64_t bytes, unsigned flags) {
    // RocksDB asks first by an empty range whether there is such a call, and its asserts expect that it is answered.
    if (bytes == 0) return real<int(int, off64_t, off64_t, unsigned)>("sync_file_range")(descriptor, offset, bytes, flags);
    return pass<int(int, off64_t, off64_t, unsigned)>("sync_file_range", Need::Sync, descriptor, descriptor, offset, bytes, flags);
}
int ftruncate(int descriptor, off_t size) noexcept {
    return pass<int(int, off_t)>("ftruncate", Need::Nothing, descriptor, descriptor, size);
}
int fallocate(int descriptor, int mode, off_t offset, off_t bytes) {
    return pass<int(int, int, off_t, off_t)>("fallocate", Need::Space, descriptor, descriptor, mode, offset, bytes);
}
int posix_fallocate(int descriptor, off_t offset, off_t bytes) {
    const bool fails = plan().fails("fallocate", descriptor, Need::Space);
    return fails ? errno : real<int(int, off_t, off_t)>("posix_fallocate")(descriptor, offset, bytes);
}
int rename(const char* from, const char* to) noexcept {
    return pass<int(const char*, const char*)>("rename", Need::Nothing, std::string(to), from, to);
}
int link(const char* from, const char* to) noexcept {
    return pass<int(const char*, const char*)>("link", Need::Space, std::string(to), from, to);
}
int unlink(const char* path) noexcept { return unlink_by<int(const char*)>("unlink", path, path); }
int remove(const char* path) noexcept { return unlink_by<int(const char*)>("remove", path, path); }
int rmdir(const char* path) noexcept { return unlink_by<int(const char*)>("rmdir", path, path); }
int unlinkat(int directory, const char* path, int flags) noexcept {
    const bool is_relative = directory != AT_FDCWD && path[0] != '/';
    const std::string whole = is_relative ? path_of(directory) + '/' + path : path;
    return unlink_by<int(int, const char*, int)>("unlinkat", whole, directory, path, flags);
}
int mkdir(const char* path, mode_t mode) noexcept { return pass<int(const char*, mode_t)>("mkdir", Need::Space, std::string(path), path, mode); }

}  // extern "C"
