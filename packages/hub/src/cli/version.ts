/** Put in by the build; sources run as they are have none. */
export const VERSION: string = typeof __POS_VERSION__ === "string" ? __POS_VERSION__ : "unbuilt";
