/** A new record id: UUID version 7 (RFC 9562, 5.7), made of the time in milliseconds and 74 random bits. */
export const newRecordId = (now: number) =>
  recordIdOf(now, crypto.getRandomValues(Buffer.alloc(16)))

/** The same with bits that are known, of which 74 count. */
export const recordIdOf = (now: number, bits: Uint8Array) => {
  const bytes = Buffer.from(bits.subarray(0, 16))
  bytes.writeUIntBE(now, 0, 6)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
