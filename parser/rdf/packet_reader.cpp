#include "parser/rdf/packet_reader.hpp"

#include <algorithm>
#include <future>
#include <thread>

#include "engine/base/bounded_queue.hpp"
#include "tercet/error.hpp"

namespace tercet::rdf {
namespace {

/// Of formats that are read by one thread.
constexpr std::size_t kPacketQuads = 8192;

using Task = std::packaged_task<ParsedPacket()>;
using Coming = std::future<ParsedPacket>;

/// What the threads of one reading share. Destroyed before they are joined, it lets them end.
struct Queues {
    explicit Queues(std::size_t ahead) : work(ahead), coming(ahead) {}
    void close() {
        work.close();
        coming.close();
    }
    BoundedQueue<Task> work;
    BoundedQueue<Coming> coming;  ///< in the order of the document
};

struct CloseAtEnd {
    Queues& queues;
    ~CloseAtEnd() { queues.close(); }
};

/// Whoever takes the packets has given up.
[[noreturn]] void stop() { throw Error(ErrorCode::Cancelled, "reading was stopped"); }

/// Runs what fills the queues, and makes of its failure the last packet.
template <typename Produce>
void produce(Queues& queues, Produce produce_all) {
    const CloseAtEnd close{queues};
    try {
        produce_all();
    } catch (...) {
        std::promise<ParsedPacket> failed;
        failed.set_exception(std::current_exception());
        queues.coming.push(failed.get_future());
    }
}

ParsedPacket parse_packet(const Lines& lines, LineFormat format, const PacketOptions& options) {
    ParsedPacket parsed;
    PacketBuilder packet(options.graph);
    DocumentBuilder builder(options.read, packet);
    parse_lines(lines, format, options.read, builder, options.keep_going ? &parsed.bad_statements : nullptr);
    parsed.packet = packet.take();
    return parsed;
}

/// Cuts the document into lines for the threads that parse.
void cut_lines(std::istream& in, LineFormat format, const PacketOptions& options, Queues& queues) {
    LineReader reader(in, options.read);
    for (Lines lines; reader.next(lines);) {
        Task task([lines = std::move(lines), format, &options] { return parse_packet(lines, format, options); });
        if (!queues.coming.push(task.get_future()) || !queues.work.push(std::move(task))) stop();
    }
}

/// Cuts what one parser makes into packets.
class Cutter final : public QuadSink {
public:
    Cutter(const PacketOptions& options, Queues& queues) : packet_(options.graph), queues_(queues) {}

    void add(const QuadView& quad) override {
        packet_.add(quad);
        if (packet_.size() == kPacketQuads) send();
    }
    void declare_prefix(std::string_view name, std::string_view iri) override { packet_.declare_prefix(name, iri); }
    void send() {
        std::promise<ParsedPacket> parsed;
        parsed.set_value({packet_.take(), {}});
        if (!queues_.coming.push(parsed.get_future())) stop();
    }

private:
    PacketBuilder packet_;
    Queues& queues_;
};

void parse_whole(std::istream& in, Format format, const PacketOptions& options, Queues& queues) {
    Cutter cutter(options, queues);
    read(in, format, options.read, cutter);
    cutter.send();
}

std::optional<LineFormat> line_format(Format format) {
    if (format == Format::NTriples) return LineFormat::NTriples;
    if (format == Format::NQuads) return LineFormat::NQuads;
    return std::nullopt;
}

}  // namespace

void read_packets(std::istream& in, Format format, const PacketOptions& options, const std::function<void(ParsedPacket&)>& take) {
    const std::size_t workers = std::max<std::size_t>(options.threads, 1);
    Queues queues(2 * workers + 2);
    std::vector<std::jthread> threads;
    const CloseAtEnd close{queues};  // before the threads are joined
    if (const auto lines = line_format(format)) {
        threads.emplace_back([&, kind = *lines] { produce(queues, [&] { cut_lines(in, kind, options, queues); }); });
        for (std::size_t i = 0; i < workers; ++i) {
            threads.emplace_back([&] {
                while (auto task = queues.work.pop()) (*task)();
            });
        }
    } else {
        threads.emplace_back([&] { produce(queues, [&] { parse_whole(in, format, options, queues); }); });
    }
    while (auto coming = queues.coming.pop()) {
        ParsedPacket parsed = coming->get();
        take(parsed);
    }
}

}  // namespace tercet::rdf
