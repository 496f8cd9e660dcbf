/**
 * How closely the pictures of a stream are watched: `full` is every picture, `light` is key pictures only, at most two a
 * second. Sound is watched whole in both.
 */
export const tiers = ["full", "light"] as const;

export type Tier = (typeof tiers)[number];
