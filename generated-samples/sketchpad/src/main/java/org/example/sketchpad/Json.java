package org.example.sketchpad;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.stream.Collectors;

/** JSON in and out. */
final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Json() {}

  /**
   * Reads a request.
   *
   * @throws BadRequestException if it is no JSON, or not what is expected; says why
   */
  static <T> T read(byte[] text, Class<T> type) throws BadRequestException {
    try {
      T value = MAPPER.readValue(text, type);
      if (value == null) {
        throw new BadRequestException("expected a JSON object, found null");
      }
      return value;
    } catch (JacksonException e) {
      throw new BadRequestException(reason(e));
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  /** A value as JSON. */
  static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Why something could not be read, in one sentence: our own, if it was refused by us. */
  static String reason(JacksonException e) {
    if (e.getCause() instanceof IllegalArgumentException refused) {
      return refused.getMessage();
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "unknown field \"" + unknown.getPropertyName() + "\"";
    }
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return "not what is expected at "
          + mapping.getPath().stream().map(Json::step).collect(Collectors.joining());
    }
    return "not the JSON that is expected, line "
        + e.getLocation().getLineNr()
        + ", column "
        + e.getLocation().getColumnNr();
  }

  private static String step(JsonMappingException.Reference step) {
    return step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName();
  }
}
