package org.cnnc.grammar.diagnostic;

/** Every mistake a model can have: a stable code, how bad it is, and the pattern of its message. */
public enum DiagnosticCode {
  // Syntax: from the text to the syntax tree.
  UNEXPECTED_TOKEN("CNN001", Severity.ERROR, "unexpected %s"),
  MISSING_TOKEN("CNN002", Severity.ERROR, "missing %s"),
  MISSPELT_KEYWORD("CNN003", Severity.ERROR, "unknown keyword `%s`"),
  UNCLOSED_BRACKET("CNN004", Severity.ERROR, "`%s` is not closed"),
  UNCLOSED_TEXT("CNN005", Severity.ERROR, "the text is not closed"),
  UNCLOSED_COMMENT("CNN006", Severity.ERROR, "the comment is not closed"),
  UNEXPECTED_CHARACTER("CNN007", Severity.ERROR, "unexpected %s"),
  INVALID_NUMBER("CNN008", Severity.ERROR, "`%s` is not a number"),
  NUMBER_OUT_OF_RANGE("CNN009", Severity.ERROR, "the number is out of range"),
  INVALID_ESCAPE("CNN010", Severity.ERROR, "invalid escape `%s`"),
  INVALID_NAME("CNN011", Severity.ERROR, "`%s` is not a name"),
  RESERVED_WORD("CNN012", Severity.ERROR, "`%s` is a reserved word"),
  NO_NETWORK("CNN013", Severity.ERROR, "there is no network in this file"),
  TEXT_AFTER_NETWORK("CNN014", Severity.ERROR, "text after the end of the network"),
  NESTED_TOO_DEEPLY("CNN015", Severity.ERROR, "the expression is nested more than %s deep"),
  FILE_TOO_LARGE("CNN016", Severity.ERROR, "the file is larger than %s"),
  WRONG_QUOTES("CNN017", Severity.ERROR, "a text is written in double quotes"),
  NOT_UTF8("CNN018", Severity.ERROR, "the byte 0x%s is not UTF-8"),
  NAME_TOO_LONG("CNN019", Severity.ERROR, "a name has more than %s characters"),

  // Names, types, shapes: from the syntax tree to the network graph.
  UNKNOWN_NAME("CNN020", Severity.ERROR, "unknown name `%s`"),
  KERNEL_TOO_LARGE("CNN021", Severity.ERROR, "kernel %s is larger than its %s %s"),
  USED_BEFORE_DEFINITION("CNN022", Severity.ERROR, "`%s` is used before it is defined"),
  NAME_TAKEN("CNN023", Severity.ERROR, "the name `%s` is already taken"),
  UNKNOWN_LAYER("CNN024", Severity.ERROR, "unknown layer `%s`"),
  UNKNOWN_ATTRIBUTE("CNN025", Severity.ERROR, "`%s` has no attribute `%s`"),
  UNKNOWN_SETTING("CNN026", Severity.ERROR, "`%s` has no setting `%s`"),
  UNKNOWN_OPTIMIZER("CNN027", Severity.ERROR, "unknown optimizer `%s`"),
  UNKNOWN_LOSS("CNN028", Severity.ERROR, "unknown loss `%s`"),
  MISSING_ATTRIBUTE("CNN029", Severity.ERROR, "`%s` needs `%s`, %s"),
  DUPLICATE_ATTRIBUTE("CNN030", Severity.ERROR, "`%s` of `%s` is given twice"),
  WRONG_TYPE("CNN031", Severity.ERROR, "`%s` of `%s` must be %s"),
  OUT_OF_RANGE("CNN032", Severity.ERROR, "`%s` of `%s` must be %s"),
  TOO_MANY_ARGUMENTS("CNN033", Severity.ERROR, "`%s` takes %s without a name"),
  NEEDS_IMAGE("CNN034", Severity.ERROR, "`%s` takes an image, this is the vector %s"),
  NEEDS_VECTOR("CNN035", Severity.ERROR, "`%s` takes a vector, this is the image %s"),
  NEEDS_ONE_VALUE("CNN036", Severity.ERROR, "`%s` takes one value, this is a list of %s"),
  NEEDS_VALUE("CNN037", Severity.ERROR, "expected a value of the network, found %s"),
  NEEDS_NUMBER("CNN038", Severity.ERROR, "expected a number, found %s"),
  DIVISION_BY_ZERO("CNN039", Severity.ERROR, "division by zero"),
  NUMBER_TOO_LONG("CNN040", Severity.ERROR, "this number has too many digits"),
  BINDING_COUNT("CNN041", Severity.ERROR, "%s, but the expression gives %s"),
  NOT_BINDABLE("CNN042", Severity.ERROR, "a name stands for a value or a number, not for %s"),
  MISSING_INPUT("CNN043", Severity.ERROR, "network `%s` has no input"),
  MISSING_OUTPUT("CNN044", Severity.ERROR, "network `%s` has no output"),
  MISSING_LOSS("CNN045", Severity.ERROR, "network `%s` has no loss"),
  REPEATED_STATEMENT("CNN046", Severity.ERROR, "a network has one `%s`"),
  INPUT_DIMENSIONS("CNN047", Severity.ERROR, "an input has 3 dimensions, not %s"),
  CHANNEL_COUNT("CNN048", Severity.ERROR, "`%s` has %s for %s"),
  LOSS_NEEDS_SOFTMAX("CNN049", Severity.ERROR, "`%s` wants the direct result of `softmax`"),
  LABEL_COUNT("CNN050", Severity.ERROR, "%s for an output of %s"),
  LABEL_REPEATED("CNN051", Severity.ERROR, "label \"%s\" is given twice"),
  LABEL_EMPTY("CNN052", Severity.ERROR, "a label is empty"),
  NETWORK_NAME("CNN053", Severity.ERROR, "`%s` cannot name a Java class"),
  TOO_MANY_LAYERS("CNN054", Severity.ERROR, "the network has more than %s layers"),
  VALUE_TOO_LARGE("CNN055", Severity.ERROR, "the value %s has more than %s elements"),
  TOO_MANY_PARAMETERS("CNN056", Severity.ERROR, "the network has more than %s parameters"),
  NESTEROV_NEEDS_MOMENTUM("CNN057", Severity.ERROR, "`nesterov` needs a `momentum` above 0"),
  PADDING_TOO_LARGE("CNN058", Severity.ERROR, "padding %s is more than half of the kernel %s"),
  UNUSED_NAME("CNN059", Severity.WARNING, "`%s` is never used"),
  WORKING_MEMORY("CNN060", Severity.ERROR, "`%s` needs more than %s floats of working memory"),
  LINEAR_AFTER_LINEAR("CNN061", Severity.WARNING, "no activation between `%2$s` and `%1$s`"),
  ACTIVATION_BEFORE_SOFTMAX("CNN062", Severity.WARNING, "`%s` before `softmax`"),
  WINDOW_LEAVES_OUT("CNN063", Severity.WARNING, "`%s` leaves out the last %s of its input"),
  LEARNING_RATE("CNN064", Severity.WARNING, "a learning rate of %s looks too %s"),
  DATA_CLASSES("CNN065", Severity.WARNING, "the data have %s, but `%s` has %s"),
  BATCH_BEYOND_DATA("CNN066", Severity.WARNING, "a batch is %s, but there are only %s"),
  NETWORK_TOO_LARGE("CNN067", Severity.ERROR, "the network is too large for Java's arrays"),
  CLASS_TOO_LARGE("CNN068", Severity.ERROR, "`%s` has too many layers for one class"),
  TUNING_DOES_NOT_FIT("CNN069", Severity.WARNING, "`%s` is left aside: %s"),
  LABEL_TOO_LONG("CNN070", Severity.ERROR, "a label has more than %s characters");

  private final String id;
  private final Severity severity;
  private final String pattern;

  DiagnosticCode(String id, Severity severity, String pattern) {
    this.id = id;
    this.severity = severity;
    this.pattern = pattern;
  }

  /** The code as shown to users, {@code CNN021}. */
  public String id() {
    return id;
  }

  public Severity severity() {
    return severity;
  }

  public String pattern() {
    return pattern;
  }
}
