/** Description of the HTTP interface. */
export const openApi = (origin: string) => ({ openapi: '3.1.0', servers: [{ url: origin }] })
