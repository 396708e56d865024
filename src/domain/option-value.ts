// The values of options, wherever they are written: in option sets, in product options, in templates.

/** The most characters that an option's value has. */
export const OPTION_VALUE_LENGTH = 100
