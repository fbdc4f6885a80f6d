import HTTPTypes
import Hummingbird
import NIOCore
import Pages

/// What belongs to no chapter: the style sheet and the sign of the house.
struct Website {
    func add(to routes: inout Routes) {
        for asset in Asset.all {
            routes.open(.get, "assets/\(asset.name)") { _, _ in
                Response(
                    status: .ok,
                    headers: [.contentType: asset.type, .cacheControl: "public, max-age=3600"],
                    body: ResponseBody(byteBuffer: ByteBuffer(string: asset.text))
                )
            }
        }
    }
}
