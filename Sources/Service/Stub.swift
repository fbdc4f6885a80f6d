import Hummingbird
enum ServiceStub {}
