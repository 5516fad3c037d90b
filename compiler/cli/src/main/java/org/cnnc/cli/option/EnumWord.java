package org.cnnc.cli.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Constants as the command line has them: in lower case, words joined by hyphens. */
public final class EnumWord<E extends Enum<E>> implements ITypeConverter<E> {
  private final Class<E> type;

  public EnumWord(Class<E> type) {
    this.type = type;
  }

  @Override
  public E convert(String word) {
    List<String> words = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (name.equals(word)) {
        return constant;
      }
      words.add(name);
    }
    throw new TypeConversionException(
        "expected " + String.join(" or ", words) + ", found '" + word + "'");
  }
}
