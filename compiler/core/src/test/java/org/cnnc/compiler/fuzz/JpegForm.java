package org.cnnc.compiler.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.cnnc.compiler.fuzz.ByteChanges.Field;

/** JPEG: segments of marker, length and content up to the first scan, whose pixels follow. */
record JpegForm(List<byte[]> examples) implements Form {
  private static final int START = 2;
  private static final int SCAN = 0xda;
  private static final int[] MARKERS = {
    0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc9, 0xcc, 0xd8, 0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xe0,
    0xe1, 0xe2, 0xee, 0xef, 0xfe
  };

  /** Where the segments before the pixels begin; the last number is where they end. */
  private static List<Integer> places(byte[] file) {
    List<Integer> places = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(file);
    int place = START;
    places.add(Math.min(START, file.length));
    while (place + 4 <= file.length && file[place] == (byte) 0xff) {
      int marker = file[place + 1] & 0xff;
      place += 2 + (bytes.getShort(place + 2) & 0xffff);
      if (place > file.length) {
        break;
      }
      places.add(place);
      if (marker == SCAN) {
        break;
      }
    }
    return places;
  }

  @Override
  public List<Field> fields(byte[] file) {
    List<Field> fields = new ArrayList<>();
    for (int place : places(file)) {
      fields.add(new Field(place + 2, 2, ByteOrder.BIG_ENDIAN)); // the length
      boolean frame = place + 1 < file.length && (file[place + 1] & 0xf0) == 0xc0;
      if (frame) {
        fields.add(new Field(place + 5, 2, ByteOrder.BIG_ENDIAN)); // height
        fields.add(new Field(place + 7, 2, ByteOrder.BIG_ENDIAN)); // width
      }
      for (int i = 4; i < 20; i++) {
        fields.add(new Field(place + i, 1, ByteOrder.BIG_ENDIAN));
      }
    }
    return fields;
  }

  @Override
  public byte[] changeParts(byte[] file, RandomGenerator random) {
    List<Integer> places = places(file);
    List<byte[]> segments = new ArrayList<>();
    for (int i = 1; i < places.size(); i++) {
      segments.add(Arrays.copyOfRange(file, places.get(i - 1), places.get(i)));
    }
    if (segments.isEmpty()) {
      return file;
    }
    int at = random.nextInt(segments.size());
    byte[] segment = segments.get(at);
    switch (random.nextInt(6)) {
      case 0 -> segments.remove(at);
      case 1 -> segments.add(random.nextInt(segments.size() + 1), segment);
      case 2 -> segments.set(at, segments.set(random.nextInt(segments.size()), segment));
      case 3 -> segments.set(at, withMarker(segment, MARKERS[random.nextInt(MARKERS.length)]));
      case 4 -> segments.add(foreign(random));
      default -> segments.set(at, withLength(ByteChanges.change(segment, segments, random)));
    }
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.write(file, 0, Math.min(START, file.length));
    segments.forEach(changed::writeBytes);
    int rest = places.get(places.size() - 1);
    changed.write(file, rest, file.length - rest);
    return changed.toByteArray();
  }

  private byte[] foreign(RandomGenerator random) {
    byte[] other = ByteChanges.one(examples, random);
    List<Integer> places = places(other);
    int at = 1 + random.nextInt(places.size() - 1);
    return Arrays.copyOfRange(other, places.get(at - 1), places.get(at));
  }

  private static byte[] withMarker(byte[] segment, int marker) {
    byte[] changed = segment.clone();
    if (changed.length > 1) {
      changed[1] = (byte) marker;
    }
    return changed;
  }

  private static byte[] withLength(byte[] segment) {
    if (segment.length >= 4) {
      ByteBuffer.wrap(segment).putShort(2, (short) (segment.length - 2));
    }
    return segment;
  }
}
