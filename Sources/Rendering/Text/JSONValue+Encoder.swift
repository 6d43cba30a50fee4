extension JSONValue {
    /// A value as its `Codable` model says, with the keys in the order of the model's properties.
    ///
    /// A property without a value is `null`, so that every reader finds every key.
    init(encoding value: some Encodable) {
        let box = Box()
        do {
            try ValueEncoder(box: box, codingPath: []).encode(value)
        } catch {
            preconditionFailure("a model of this program holds what JSON can't say: \(error)")
        }
        self = box.value
    }
}

extension JSONValue: Encodable {
    /// Into this file's encoder alone, which takes it as it is.
    public func encode(to encoder: any Encoder) throws {
        guard let encoder = encoder as? ValueEncoder else {
            throw EncodingError.invalidValue(
                self, EncodingError.Context(codingPath: encoder.codingPath, debugDescription: "JSON is written here"))
        }
        encoder.box.value = self
    }
}

extension JSONValue: Decodable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Members of an object come by their keys, because a decoder has no order of its own.
    public init(from decoder: any Decoder) throws {
        if let members = try? decoder.container(keyedBy: Key.self) {
            let keys = members.allKeys.sorted { $0.stringValue < $1.stringValue }
            self = .object(try keys.map { ($0.stringValue, try members.decode(JSONValue.self, forKey: $0)) })
            return
        }
        if var list = try? decoder.unkeyedContainer() {
            var values: [JSONValue] = []
            while !list.isAtEnd { values.append(try list.decode(JSONValue.self)) }
            self = .array(values)
            return
        }
        let one = try decoder.singleValueContainer()
        if one.decodeNil() {
            self = .null
        } else if let value = try? one.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? one.decode(Int.self) {
            self = .int(value)
        } else {
            self = .string(try one.decode(String.self))
        }
    }
}

private final class Box {
    var value = JSONValue.null
}

private struct ValueEncoder: Encoder {
    let box: Box
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func encode(_ value: some Encodable) throws { try value.encode(to: self) }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        box.value = .object([])
        return KeyedEncodingContainer(KeyedContainer<Key>(box: box, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        box.value = .array([])
        return ListContainer(box: box, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { OneContainer(box: box, codingPath: codingPath) }

    static func value(of value: some Encodable, at path: [any CodingKey]) throws -> JSONValue {
        let box = Box()
        try ValueEncoder(box: box, codingPath: path).encode(value)
        return box.value
    }
}

private struct KeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let box: Box
    let codingPath: [any CodingKey]

    private func add(_ key: Key, _ value: JSONValue) {
        guard case .object(var members) = box.value else { return }
        box.value = .null
        members.append((key.stringValue, value))
        box.value = .object(members)
    }

    func encodeNil(forKey key: Key) { add(key, .null) }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        add(key, try ValueEncoder.value(of: value, at: codingPath + [key]))
    }

    func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
    }

    func encodeIfPresent(_ value: String?, forKey key: Key) throws {
        add(key, value.map(JSONValue.string) ?? .null)
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key)
        -> KeyedEncodingContainer<Nested>
    { preconditionFailure("models nest by their values") }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        preconditionFailure("models nest by their values")
    }

    func superEncoder() -> any Encoder { preconditionFailure("models are values") }
    func superEncoder(forKey key: Key) -> any Encoder { preconditionFailure("models are values") }
}

private struct ListContainer: UnkeyedEncodingContainer {
    let box: Box
    let codingPath: [any CodingKey]
    var count: Int { if case .array(let values) = box.value { values.count } else { 0 } }

    private func add(_ value: JSONValue) {
        guard case .array(var values) = box.value else { return }
        box.value = .null
        values.append(value)
        box.value = .array(values)
    }

    func encodeNil() { add(.null) }
    func encode(_ value: some Encodable) throws { add(try ValueEncoder.value(of: value, at: codingPath)) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        preconditionFailure("models nest by their values")
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        preconditionFailure("models nest by their values")
    }

    func superEncoder() -> any Encoder { preconditionFailure("models are values") }
}

private struct OneContainer: SingleValueEncodingContainer {
    let box: Box
    let codingPath: [any CodingKey]

    func encodeNil() { box.value = .null }
    func encode(_ value: Bool) { box.value = .bool(value) }
    func encode(_ value: String) { box.value = .string(value) }
    func encode(_ value: Int) { box.value = .int(value) }

    func encode(_ value: some Encodable) throws { box.value = try ValueEncoder.value(of: value, at: codingPath) }

    // No model holds a number but a count: amounts are texts.
    func encode(_ value: Double) throws { try refuse(value) }
    func encode(_ value: Float) throws { try refuse(value) }
    func encode(_ value: Int8) throws { encode(Int(value)) }
    func encode(_ value: Int16) throws { encode(Int(value)) }
    func encode(_ value: Int32) throws { encode(Int(value)) }
    func encode(_ value: Int64) throws { encode(Int(value)) }
    func encode(_ value: UInt) throws { encode(Int(value)) }
    func encode(_ value: UInt8) throws { encode(Int(value)) }
    func encode(_ value: UInt16) throws { encode(Int(value)) }
    func encode(_ value: UInt32) throws { encode(Int(value)) }
    func encode(_ value: UInt64) throws { encode(Int(value)) }

    private func refuse(_ value: Any) throws {
        throw EncodingError.invalidValue(
            value, EncodingError.Context(codingPath: codingPath, debugDescription: "no amount is floating point"))
    }
}
