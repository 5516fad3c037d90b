import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prints what the peers' script would, without measuring: `java FakePeer.java --nets a,b ...`. */
public class FakePeer {
  public static void main(String[] arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    if (options.get("--seconds").equals("0.125")) {
      System.exit(3);
    }
    System.out.println("a library says hello");
    System.out.println("{\"peer\": \"broken\", \"net\": \"tiny\", \"batch\": 1, \"error\": \"no compiler\"}");
    for (String net : options.get("--nets").split(",")) {
      for (String batch : options.get("--batches").split(",")) {
        for (String job : List.of("train", "predict")) {
          System.out.printf(
              "{\"peer\": \"fake\", \"net\": \"%s\", \"job\": \"%s\", \"batch\": %s, \"threads\": %s,"
                  + " \"images_per_second\": %s000000.0, \"microseconds\": 1.0, \"seconds_to_first\": 0.5}%n",
              net, job, batch, options.get("--threads"), batch);
        }
      }
    }
  }
}
