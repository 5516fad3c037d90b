package org.cnnc.compiler.fuzz;

import java.util.List;
import org.cnnc.compiler.fuzz.ByteChanges.Field;

/** A form whose numbers lie at places that are the same in each file. */
record PlainForm(List<byte[]> examples, List<Field> numbers, List<String> words) implements Form {
  @Override
  public List<Field> fields(byte[] file) {
    return numbers;
  }
}
