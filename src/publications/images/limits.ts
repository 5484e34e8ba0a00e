/**
 * Segments or chunks of one picture. Programs write some hundreds of them; a file of nothing else would have millions,
 * and cost a gigabyte of memory to take apart.
 */
export const mostParts = 20_000
