/** The commands by name. Apart from them, so that what starts them need not load them. */
export const commandNames = ["check", "collect", "inspect", "kpis", "tune"] as const;

export type CommandName = (typeof commandNames)[number];
