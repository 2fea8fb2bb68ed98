package peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.StringTokenizer;

/** Reads words and numbers; whoever reads knows their order. */
final class Tokens {

    private final BufferedReader reader;
    private StringTokenizer line = new StringTokenizer("");

    Tokens(BufferedReader reader) {
        this.reader = reader;
    }

    int table(String name) {
        String found = word();
        if (!found.equals(name)) {
            throw new IllegalStateException("the instance has " + found + " where " + name + " should be");
        }
        return number();
    }

    String word() {
        try {
            while (!line.hasMoreTokens()) {
                line = new StringTokenizer(reader.readLine());
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        return line.nextToken();
    }

    int number() {
        return Integer.parseInt(word());
    }

    long large() {
        return Long.parseLong(word());
    }

    int[] row(int count) {
        int[] found = new int[count];
        for (int i = 0; i < count; i++) {
            found[i] = number();
        }
        return found;
    }

    /** Numbers after their count. */
    int[] list() {
        return row(number());
    }
}
